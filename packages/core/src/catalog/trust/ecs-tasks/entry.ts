import { reference, vendor } from '../../../use-case/evidence.js';
import { place } from '../../../use-case/option.js';
import { account, partition, region, template } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { confusedDeputy, service, sourceAccount, sourceArn } from '../../principals/service.js';

export const ecsTasksTrust = defineTrust({
  id: 'ecs-tasks',
  title: 'Tasks of ECS',
  summary: 'Lets ECS take the role for tasks of the account, such as those that run jobs of a CI system.',
  excludes: 'Lets in no other service, and no task of another account or region.',
  options: { ...place },
  notes: [
    { say: 'the role belongs to every job in the task: let it do nothing but assume a role for each job' },
    { say: 'who may run tasks and pass the role can use it: `iam:PassRole` decides which tasks have it' },
  ],
  widenings: [
    'ECS says in `aws:SourceArn` which account and region it asks for, and AWS documents that a cluster or task cannot be tested: every task of the account and region that is given the role gets it.',
  ],
  statements: [
    {
      sid: 'AssumeFromEcsTasks',
      principal: service('ecs-tasks.amazonaws.com', 'ECS'),
      actions: { 'sts:AssumeRole': 'give a task the credentials of the role' },
      conditions: [
        sourceAccount('tasks'),
        sourceArn(
          [template`arn:${partition}:ecs:${region}:${account}:*`],
          'only for what ECS has in this account and region',
        ),
      ],
      evidence: [
        reference('sts'),
        confusedDeputy,
        vendor(
          'ECS developer guide, task IAM role',
          'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html',
        ),
      ],
    },
  ],
});
