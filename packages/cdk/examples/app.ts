import { EcsServiceDeploymentPolicy, TerraformRemoteStateS3Policy } from '@postern/cdk';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Stack } from 'aws-cdk-lib/core';

const app = new App();
const stack = new Stack(app, 'CiPolicies');

const key = new Key(stack, 'StateKey');
const bucket = new Bucket(stack, 'State', { encryptionKey: key });

new TerraformRemoteStateS3Policy(stack, 'Plan', {
  bucket,
  keys: ['app/terraform.tfstate'],
  access: 'plan',
});

new EcsServiceDeploymentPolicy(stack, 'Deploy', {
  cluster: 'production',
  services: ['web'],
  taskDefinitionFamilies: ['web'],
  passRoles: ['web-task', 'web-execution'],
});

app.synth();
