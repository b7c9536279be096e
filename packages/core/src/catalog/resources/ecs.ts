import type { ResourceForm, TextForm } from '../../use-case/option.js';
import { itself, text } from '../../use-case/template.js';

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html */
const ecsName: Omit<TextForm, 'title' | 'example'> = {
  pattern: '^[A-Za-z0-9_-]+$',
  says: 'letters, digits, `_` and `-`',
  shortest: 1,
  longest: 255,
};

export const ecsCluster: ResourceForm = {
  ...ecsName,
  title: 'ECS cluster',
  example: 'production',
  arn: { service: 'ecs', regional: true, account: true, resource: ['cluster/', itself] },
};

/** A service in the cluster that the option `cluster` names; the short ARN format without the cluster is not taken. */
export const ecsService: ResourceForm = {
  ...ecsName,
  title: 'ECS service',
  example: 'web',
  wildcardPattern: '^[A-Za-z0-9_*?-]+$',
  arn: { service: 'ecs', regional: true, account: true, resource: ['service/', text('cluster'), '/', itself] },
};

export const ecsTaskDefinitionFamily: ResourceForm = {
  ...ecsName,
  title: 'ECS task definition family',
  example: 'web',
  says: 'letters, digits, `_` and `-`, without the revision',
  wildcardPattern: '^[A-Za-z0-9_*?-]+$',
  arn: { service: 'ecs', regional: true, account: true, resource: ['task-definition/', itself] },
};
