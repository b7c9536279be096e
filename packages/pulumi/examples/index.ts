import {
  EcrDockerPushPolicy,
  EcsServiceDeploymentPolicy,
  TerraformRemoteStateS3Policy,
  TerragruntPolicy,
} from '@postern/pulumi';
import { Table } from '@pulumi/aws/dynamodb/table.js';

const locks = new Table('locks', {
  name: 'terraform-locks',
  hashKey: 'LockID',
  attributes: [{ name: 'LockID', type: 'S' }],
  billingMode: 'PAY_PER_REQUEST',
});

const push = new EcrDockerPushPolicy('push', { repositories: ['my-app'] });
const deploy = new EcsServiceDeploymentPolicy('deploy', {
  cluster: 'production',
  services: ['web'],
  taskDefinitionFamilies: ['web'],
  passRoles: ['web-task', 'web-execution'],
});
const plan = new TerraformRemoteStateS3Policy('plan', {
  bucket: 'acme-state',
  keys: ['app/terraform.tfstate'],
  access: 'plan',
  lock: 'dynamodb',
  lockTable: locks,
});
const lock = new TerragruntPolicy('lock', { bucket: 'acme-state', keys: ['app/terraform.tfstate'] });

export const arns = [push.arn, deploy.arn, plan.arn, lock.arn];
