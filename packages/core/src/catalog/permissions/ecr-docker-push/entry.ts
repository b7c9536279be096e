import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, scope, toggle } from '../../../use-case/option.js';
import { any, given, is, not, when } from '../../../use-case/predicate.js';
import { arn } from '../../../use-case/template.js';
import { defineUseCase, unscoped } from '../../../use-case/use-case.js';
import { ecrRepository } from '../../resources/ecr.js';
import { vendors } from './vendor.js';

const usesCdkAssets = is('pushClient', 'cdk-assets');
const creates = is('createRepository', true);
const cdkAssets = source(
  'aws/aws-cdk-cli',
  '7ff50e7',
  'packages/@aws-cdk/cdk-assets-lib/lib/private/handlers/container-images.ts',
  'initOnce',
);

export const ecrDockerPush = defineUseCase({
  id: 'ecr-docker-push',
  title: 'Push Docker images to ECR',
  summary: 'Logs in to a private ECR registry, looks whether an image is there already, and pushes.',
  excludes:
    'Does not configure or delete repositories, does not delete images, and creates repositories only when asked to; ECR Public is another service with other actions.',
  options: {
    repositories: list(ecrRepository, 'Repositories the job may push to.', { required: true, scoped: true }),
    pushClient: oneOf(
      ['any', 'classic', 'cdk-assets'],
      'Which client pushes: any (buildx, containerd, Docker 29), classic ones only (Docker up to 28, skopeo, podman, crane, kaniko), or cdk-assets with any Docker.',
      { default: 'any' },
    ),
    checkExisting: toggle(
      'Look with DescribeImages whether an image exists, to skip the build; cdk-assets always does.',
      { default: true },
    ),
    pull: toggle('Pull images too; a registry build cache needs this.'),
    mountFrom: list(ecrRepository, 'Repositories whose layers may be mounted into the pushed images.'),
    createRepository: toggle('Look whether the repositories are there, and create those that are missing.'),
    scanFindings: toggle('Read the findings of image scans.'),
    scope,
    ...place,
  },
  notes: [
    { say: 'where the job runs in another account than the repositories, their repository policies must allow it too' },
    {
      if: not(given('mountFrom')),
      say: 'clients may ask to mount layers that they know from other repositories; without `mountFrom` that is refused, and what ECR answers then, an upload instead or an error, is not known',
    },
    {
      if: is('pushClient', 'classic'),
      say: 'crane before 0.15.2, `crane tag` and `crane copy` read manifests first: with those, set `pushClient` to any',
    },
    {
      if: usesCdkAssets,
      say: 'cdk-assets also publishes files to S3, assumes the publishing role, and reads registry passwords from Secrets Manager where cdk-docker-creds.json says so: none of this is given, and a step that needs it is refused',
    },
    {
      if: creates,
      say: 'creating a repository with tags needs ecr:TagResource, and with a KMS key of your own kms:CreateGrant and more: neither is given',
    },
  ],
  escalation:
    'Who has these credentials can put another image under every tag of the repositories that is not immutable, and so run code wherever that image is run next, with the rights of whatever runs it. They delete nothing, and reach no repository that is not named.',
  vendors,
  statements: [
    {
      sid: 'LogIn',
      actions: { 'ecr:GetAuthorizationToken': 'trade AWS credentials for a registry password' },
      resources: unscoped('the action has no resource type; what the token may do is decided by the other statements'),
      evidence: [reference('ecr'), source('aws-actions/amazon-ecr-login', '03f1aad', 'index.js')],
    },
    {
      sid: 'PushImages',
      actions: {
        'ecr:BatchCheckLayerAvailability': 'ask which layers the registry has already',
        'ecr:InitiateLayerUpload': 'start uploading a layer that the registry lacks',
        'ecr:UploadLayerPart': 'send the content of a layer',
        'ecr:CompleteLayerUpload': 'finish a layer and have its digest checked',
        'ecr:PutImage': 'write the manifest and its tag',
        'ecr:BatchGetImage': when(
          is('pushClient', 'any', 'cdk-assets'),
          'BuildKit, containerd and Docker 29 ask for the manifest first and stop when refused',
        ),
      },
      resources: [arn('repositories')],
      evidence: [
        reference('ecr'),
        source('moby/moby', 'b985e231', 'daemon/internal/distribution/push_v2.go'),
        source('containerd/containerd', '301026e5', 'core/remotes/docker/pusher.go', 'push'),
        source('awslabs/amazon-ecr-containerd-resolver', '8e1e0309', 'ecr/pusher.go'),
        vendor('ECR user guide', 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html'),
      ],
    },
    {
      sid: 'CheckExistingImages',
      when: any(is('checkExisting', true), usesCdkAssets),
      actions: { 'ecr:DescribeImages': 'look whether the tag is there, so that the build can be skipped' },
      resources: [arn('repositories')],
      evidence: [reference('ecr'), cdkAssets],
    },
    {
      sid: 'PullImages',
      when: is('pull', true),
      actions: {
        'ecr:BatchGetImage': when(is('pushClient', 'classic'), 'read the manifest of an image'),
        'ecr:GetDownloadUrlForLayer': 'read the layers of an image or of the build cache',
      },
      resources: [arn('repositories')],
      evidence: [
        reference('ecr'),
        source('awslabs/amazon-ecr-containerd-resolver', '8e1e0309', 'ecr/fetcher.go'),
        vendor('README of amazon-ecr-login', 'https://github.com/aws-actions/amazon-ecr-login'),
      ],
    },
    {
      sid: 'MountLayers',
      actions: { 'ecr:GetDownloadUrlForLayer': 'mount a layer from another repository instead of uploading it again' },
      resources: [arn('mountFrom')],
      evidence: [
        reference('ecr'),
        vendor('ECR user guide', 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/blob-mounting.html'),
      ],
    },
    {
      sid: 'FindRepositories',
      when: any(usesCdkAssets, creates),
      actions: {
        'ecr:DescribeRepositories': 'look whether the repository is there, before pushing to it or creating it',
      },
      resources: [arn('repositories')],
      evidence: [
        reference('ecr'),
        cdkAssets,
        source('moj-analytical-services/rshiny-template', '4b9c6f9', 'configure-ecr.sh'),
      ],
    },
    {
      sid: 'CreateRepositories',
      when: creates,
      actions: { 'ecr:CreateRepository': 'create a repository before the first push to it' },
      resources: [arn('repositories')],
      evidence: [reference('ecr')],
    },
    {
      sid: 'ReadScanFindings',
      when: is('scanFindings', true),
      actions: { 'ecr:DescribeImageScanFindings': 'wait for the scan of the pushed image and read what it found' },
      resources: [arn('repositories')],
      evidence: [reference('ecr')],
    },
  ],
});
