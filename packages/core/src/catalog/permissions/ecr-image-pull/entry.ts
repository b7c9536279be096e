import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, place, scope, toggle } from '../../../use-case/option.js';
import { is, not, when } from '../../../use-case/predicate.js';
import { arn } from '../../../use-case/template.js';
import { defineUseCase, unscoped } from '../../../use-case/use-case.js';
import { ecrRepository } from '../../resources/ecr.js';
import { vendors } from './vendor.js';

export const ecrImagePull = defineUseCase({
  id: 'ecr-image-pull',
  title: 'Pull images from ECR',
  summary: 'Logs in to private ECR registries and pulls images, or looks at their manifests, tags and scans.',
  excludes:
    'Does not push, tag or delete images, and creates repositories only for a pull-through cache; ECR Public is another service with other actions.',
  options: {
    repositories: list(
      ecrRepository,
      'Repositories the job may pull from; one in another account or region is named by its ARN.',
      { required: true, scoped: true, elsewhere: true },
    ),
    inspectOnly: toggle(
      'Look at manifests only, as `docker manifest inspect` and `crane digest` do: no layer is read.',
    ),
    listTags: toggle('List the tags of a repository, as `crane ls` and `skopeo list-tags` do.'),
    checkExisting: toggle('Look with DescribeImages whether an image exists.'),
    pullThroughCache: toggle(
      'The repositories are those of a pull-through cache: the first pull creates and fills them.',
    ),
    startScan: toggle('Start the scan of an image.'),
    scanFindings: toggle('Read the findings of image scans.'),
    scope,
    ...place,
  },
  notes: [
    { say: 'where the job runs in another account than the repositories, their repository policies must allow it too' },
    {
      say: 'the credential helper logs in to public.ecr.aws too where an image there is named: ecr-public:GetAuthorizationToken and sts:GetServiceBearerToken are not given',
    },
    {
      if: is('pullThroughCache', true),
      say: 'every repository in `repositories` may be created and filled from upstream: give repositories of your own a policy without `pullThroughCache`',
    },
    {
      if: is('pullThroughCache', true),
      say: 'the permissions policy of the registry may give ecr:BatchImportUpstreamImage and ecr:CreateRepository instead: where it does, leave `pullThroughCache` out',
    },
    {
      if: is('scanFindings', true),
      say: 'whether enhanced scanning asks for inspector2:ListFindings and inspector2:ListCoverage too is not known: neither is given',
    },
  ],
  widenings: [
    'No condition key tells tags or digests apart: the job may read every image of the repositories that it may read one of.',
  ],
  escalation:
    'Who has these credentials can read every image of the repositories, with the source code and the secrets that were left in its layers. They change nothing, except that with `pullThroughCache` they may create the named repositories and fill them from upstream.',
  vendors,
  statements: [
    {
      sid: 'LogIn',
      actions: { 'ecr:GetAuthorizationToken': 'trade AWS credentials for a registry password' },
      resources: unscoped('the action has no resource type; what the token may do is decided by the other statements'),
      evidence: [
        reference('ecr'),
        source('aws-actions/amazon-ecr-login', '03f1aad', 'index.js'),
        source('awslabs/amazon-ecr-credential-helper', '2a415207', 'ecr-login/api/client.go'),
      ],
    },
    {
      sid: 'PullImages',
      actions: {
        'ecr:BatchGetImage': 'read the manifest of an image',
        'ecr:GetDownloadUrlForLayer': when(not(is('inspectOnly', true)), 'read the layers of an image'),
      },
      resources: [arn('repositories')],
      evidence: [
        reference('ecr'),
        source('awslabs/amazon-ecr-containerd-resolver', '8e1e0309', 'ecr/fetcher.go'),
        vendor('README of amazon-ecr-login', 'https://github.com/aws-actions/amazon-ecr-login'),
      ],
    },
    {
      sid: 'ListTags',
      when: is('listTags', true),
      actions: { 'ecr:ListImages': 'list the tags of a repository' },
      resources: [arn('repositories')],
      evidence: [reference('ecr'), source('google/go-containerregistry', 'v0.22.1', 'pkg/v1/remote/list.go', 'List')],
    },
    {
      sid: 'CheckExistingImages',
      when: is('checkExisting', true),
      actions: { 'ecr:DescribeImages': 'look whether the image is there, before it is deployed' },
      resources: [arn('repositories')],
      evidence: [reference('ecr')],
    },
    {
      sid: 'FillCache',
      when: is('pullThroughCache', true),
      actions: {
        'ecr:BatchImportUpstreamImage': 'bring an image from upstream that the cache lacks',
        'ecr:CreateRepository': 'create the repository of the cache at the first pull from it',
      },
      resources: [arn('repositories')],
      evidence: [
        reference('ecr'),
        vendor('ECR user guide', 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html'),
      ],
    },
    {
      sid: 'StartScans',
      when: is('startScan', true),
      actions: { 'ecr:StartImageScan': 'have an image scanned now' },
      resources: [arn('repositories')],
      evidence: [reference('ecr')],
    },
    {
      sid: 'ReadScanFindings',
      when: is('scanFindings', true),
      actions: { 'ecr:DescribeImageScanFindings': 'wait for the scan of the image and read what it found' },
      resources: [arn('repositories')],
      evidence: [reference('ecr')],
    },
  ],
});
