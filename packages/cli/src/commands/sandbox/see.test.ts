import { expect, test } from 'vitest';
import { seeLines } from './run.js';

const repository = 'arn:aws:ecr:eu-west-1:123456789012:repository/other';
const role = 'arn:aws:iam::123456789012:role/x';

test.each([
  [
    { action: 'ecr:DescribeImages', resource: repository },
    [
      '`--repositories other --check-existing` of `ecr-docker-push` brings it to look whether the tag is there, so that the build can be skipped',
    ],
  ],
  [
    { action: 'ecr:CreateRepository', resource: repository },
    [
      '`--repositories other --create-repository` of `ecr-docker-push` brings it to create a repository before the first push to it',
    ],
  ],
  [
    { action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'ecs.amazonaws.com' } },
    [
      '`--volume-roles x --new-task-definition` of `ecs-service-deployment` brings it to hand the infrastructure role for managed EBS volumes to ECS',
    ],
  ],
  [{ action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'glue.amazonaws.com' } }, []],
  [
    { action: 'ecr:GetAuthorizationToken', resource: '*' },
    ['`postern generate ecr-docker-push` brings it to trade AWS credentials for a registry password'],
  ],
  [
    { action: 's3:DeleteObject', resource: 'arn:aws:s3:::st/app.tfstate.tflock' },
    [
      '`--bucket st --keys app.tfstate --lock lockfile --access apply` of `terraform-remote-state-s3` brings it to release the lock',
      '`--bucket st --keys app.tfstate --lock lockfile` of `terragrunt` brings it to release the lock',
    ],
  ],
  [
    {
      action: 'codedeploy:GetDeploymentConfig',
      resource: 'arn:aws:codedeploy:eu-west-1:123456789012:deploymentconfig:Canary',
    },
    [
      '`--code-deploy-deployment-config Canary --code-deploy-application NAME` of `ecs-service-deployment` brings it: checked when a deployment is created',
    ],
  ],
  [
    {
      action: 'kms:GenerateDataKey',
      resource: 'arn:aws:kms:eu-west-1:123456789012:alias/state',
      context: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
    },
    [
      '`--kms-key KEY --access apply` of `terraform-remote-state-s3` brings it to write encrypted objects, the lock among them',
      '`--lock lockfile --kms-key KEY` of `terragrunt` brings it to write the lock object encrypted',
    ],
  ],
  [{ action: 'lambda:ListFunctions', resource: '*' }, []],
])('a refusal of %j names the options that bring it', (check, lines) => {
  const found = seeLines(check);
  expect(found).toEqual(expect.arrayContaining([...lines]));
  // Another entry or another option may bring it too, for a job of its own.
  if (lines.length === 0) expect(found).toEqual([]);
});
