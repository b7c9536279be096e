import type { Check, Rule } from '../../server/call.js';
import { tagContext } from '../request-tags.js';
import { repositoryArn } from './repositories.js';

const reference =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html';

function onRepository(name: string): Rule {
  return {
    source: reference,
    checks: (call) => [
      { action: `ecr:${name}`, resource: repositoryArn(call, String(call.input['repositoryName'] ?? '')) },
    ],
  };
}

function unscoped(name: string): Rule {
  return { source: `${reference}: no resource type`, checks: () => [{ action: `ecr:${name}`, resource: '*' }] };
}

const repositoryOperations = [
  'BatchCheckLayerAvailability',
  'BatchDeleteImage',
  'BatchGetImage',
  'CompleteLayerUpload',
  'DeleteRepository',
  'DescribeImages',
  'DescribeImageScanFindings',
  'GetDownloadUrlForLayer',
  'GetLifecyclePolicy',
  'GetRepositoryPolicy',
  'InitiateLayerUpload',
  'ListImages',
  'PutImage',
  'PutImageScanningConfiguration',
  'PutImageTagMutability',
  'PutLifecyclePolicy',
  'SetRepositoryPolicy',
  'StartImageScan',
  'UploadLayerPart',
];

export const rules: Readonly<Record<string, Rule>> = {
  GetAuthorizationToken: unscoped('GetAuthorizationToken'),
  DescribeRegistry: unscoped('DescribeRegistry'),
  GetRegistryPolicy: unscoped('GetRegistryPolicy'),
  PutReplicationConfiguration: unscoped('PutReplicationConfiguration'),
  ...Object.fromEntries(repositoryOperations.map((name) => [name, onRepository(name)])),
  CreateRepository: {
    source: `${reference}; tags on creation: https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-supported-iam-actions-tagging.html`,
    checks: (call) => {
      const context = tagContext(call.input['tags']);
      const resource = repositoryArn(call, String(call.input['repositoryName'] ?? ''));
      const tagged: Check[] = 'aws:TagKeys' in context ? [{ action: 'ecr:TagResource', resource, context }] : [];
      return [{ action: 'ecr:CreateRepository', resource, context }, ...tagged];
    },
  },
  DescribeRepositories: {
    source: `${reference}; without names it lists all, which is asked for every repository`,
    checks: (call) => {
      const names = call.input['repositoryNames'];
      const list = Array.isArray(names) && names.length > 0 ? names.map(String) : ['*'];
      return list.map((name) => ({ action: 'ecr:DescribeRepositories', resource: repositoryArn(call, name) }));
    },
  },
};
