import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export const ecrRepository: ResourceForm = {
  title: 'ECR repository',
  example: 'my-app',
  pattern: '^([a-z0-9]+([._-][a-z0-9]+)*/)*[a-z0-9]+([._-][a-z0-9]+)*$',
  wildcardPattern: '^[a-z0-9._/*?-]+$',
  says: 'lower case letters and digits, with single `.`, `_`, `-` and `/` between them',
  shortest: 2,
  longest: 256,
  arn: { service: 'ecr', regional: true, account: true, resource: ['repository/', itself] },
};
