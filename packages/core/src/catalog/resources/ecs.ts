import type { ResourceForm, TextForm } from '../../use-case/option.js';
import { itself, text } from '../../use-case/template.js';
import { sayInstead } from './say-instead.js';

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html */
const ecsName: Omit<TextForm, 'title' | 'example'> = {
  pattern: '^[A-Za-z0-9_-]+$',
  says: 'letters, digits, `_` and `-`',
  shortest: 1,
  longest: 255,
};

export const ecsCluster: ResourceForm<'AWS::ECS::Cluster'> = {
  types: ['AWS::ECS::Cluster'],
  ...ecsName,
  title: 'ECS cluster',
  example: 'production',
  refuse: [
    {
      pattern: '^cluster/([^:/]+)$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
    {
      pattern: '^(?:(?:arn:[^:]*:ecs:[^:]*:[^:]*:)?service/)?([^:/]+)/([^:/]+)$',
      say: 'is a service in a cluster: write the cluster alone',
      here: '`$1`',
    },
  ],
  arn: { service: 'ecs', regional: true, account: true, resource: ['cluster/', itself] },
};

/** A service in the cluster that the option `cluster` names; the short ARN format without the cluster is not taken. */
export const ecsService: ResourceForm<'AWS::ECS::Service'> = {
  types: ['AWS::ECS::Service'],
  ...ecsName,
  title: 'ECS service',
  example: 'web',
  wildcardPattern: '^[A-Za-z0-9_*?-]+$',
  refuse: [
    {
      pattern: '^arn:[^:]*:ecs:[^:]*:[^:]*:service/([^:/]+)$',
      say: 'is an ARN in the old format, without the cluster, and today a policy needs the cluster in it: write the name',
      here: '`$1`',
    },
    {
      pattern: '^(?:service/)?([^:/]+)/([^:/]+)$',
      say: 'is a cluster and a service: write the service alone, and the cluster as `cluster`',
      here: '`$2` and `$1`',
    },
  ],
  arn: { service: 'ecs', regional: true, account: true, resource: ['service/', text('cluster'), '/', itself] },
};

const withRevision = '^((?:arn:[^:]*:ecs:[^:]*:[^:]*:task-definition/)?[^:/]+):[^:/]*$';

export const ecsTaskDefinitionFamily: ResourceForm<'AWS::ECS::TaskDefinition'> = {
  types: ['AWS::ECS::TaskDefinition'],
  ...ecsName,
  title: 'ECS task definition family',
  example: 'web',
  says: 'letters, digits, `_` and `-`, without the revision',
  wildcardPattern: '^[A-Za-z0-9_*?-]+$',
  refuse: [
    {
      pattern: withRevision,
      say: 'has a revision, and this names the family: write it alone',
      here: '`$1`',
    },
    {
      pattern: '^task-definition/([^:/]+)(?::[^:/]*)?$',
      say: 'is the end of an ARN: write the family alone',
      here: '`$1`',
    },
    {
      pattern: '[.]json$',
      say: 'is a file: write the family that the task definition in it has',
    },
  ],
  arn: { service: 'ecs', regional: true, account: true, resource: ['task-definition/', itself] },
};

/** A family in an entry that can be narrowed to `revisions`. */
export const ecsTaskDefinitionFamilyToRun = sayInstead(
  ecsTaskDefinitionFamily,
  withRevision,
  'has a revision: write the family alone, and the number as `revisions` if no other may be run',
);

/** A revision of a task definition, as the number behind the family. */
export const taskDefinitionRevision: TextForm = {
  title: 'task definition revision',
  example: '7',
  pattern: '^[1-9][0-9]*$',
  says: 'the number of the revision',
  shortest: 1,
  longest: 10,
  refuse: [
    {
      pattern: '^(?:arn:[^:]*:ecs:[^:]*:[^:]*:task-definition/)?[^:/]+:([1-9][0-9]*)$',
      say: 'has the family before it: write the number alone, and the family as `taskDefinitionFamilies`',
      here: '`$1`',
    },
    {
      pattern: '^(?:latest|LATEST|[*])$',
      say: 'is no revision, and a policy cannot know which one is the latest: leave the option out',
    },
  ],
};

/**
 * What tasks run on; `FARGATE` and `FARGATE_SPOT` are capacity providers in every account.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html
 */
export const ecsCapacityProvider: ResourceForm<'AWS::ECS::CapacityProvider'> = {
  types: ['AWS::ECS::CapacityProvider'],
  ...ecsName,
  title: 'ECS capacity provider',
  example: 'FARGATE_SPOT',
  refuse: [
    {
      pattern: '^capacity-provider/([^:/]+)$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
    { pattern: '^(?:fargate|Fargate)$', say: 'is written in capitals', here: '`FARGATE`' },
    {
      pattern: '^(?:fargate|Fargate|FARGATE)[_-]?(?:spot|Spot)$|^FARGATE-?SPOT$',
      say: 'is written in capitals, with `_` between the words',
      here: '`FARGATE_SPOT`',
    },
  ],
  arn: { service: 'ecs', regional: true, account: true, resource: ['capacity-provider/', itself] },
};
