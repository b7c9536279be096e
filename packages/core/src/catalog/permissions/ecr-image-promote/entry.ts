import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, scope, toggle } from '../../../use-case/option.js';
import { all, is, not, when } from '../../../use-case/predicate.js';
import { arn } from '../../../use-case/template.js';
import { defineUseCase, unscoped } from '../../../use-case/use-case.js';
import { ecrRepository } from '../../resources/ecr.js';
import { vendors } from './vendor.js';

const copiesLayers = not(is('retagOnly', true));
const elsewhere = 'one in another account or region is named by its ARN.';

export const ecrImagePromote = defineUseCase({
  id: 'ecr-image-promote',
  title: 'Promote images in ECR',
  summary:
    'Copies images from one private ECR repository to another, also of another account or region, or tags them anew.',
  excludes:
    'Does not create, configure or delete repositories, does not delete images, and writes to no repository that it only reads from.',
  options: {
    from: list(ecrRepository, `Repositories the images come from; ${elsewhere}`, {
      required: true,
      scoped: true,
      elsewhere: true,
    }),
    to: list(ecrRepository, `Repositories the images go to; ${elsewhere}`, {
      required: true,
      scoped: true,
      elsewhere: true,
    }),
    pushClient: oneOf(
      ['any', 'classic'],
      'Which client copies: any (containerd, Docker 29, buildx), or classic ones only (skopeo, crane, Docker up to 28).',
      { default: 'any' },
    ),
    retagOnly: toggle(
      'Images only get another tag in their own repository, which stands in both lists: no layer is read or written.',
    ),
    checkExisting: toggle('Look with DescribeImages whether the image is already where it is copied to.'),
    startScan: toggle('Start the scan of an image where it is copied from.'),
    scanFindings: toggle('Read the findings of image scans where images are copied from, before anything is copied.'),
    scope,
    ...place,
  },
  notes: [
    {
      say: 'where the job runs in another account than a repository, the policy of that repository must allow it too, for reading or for writing',
    },
    {
      say: 'the replication of a registry copies between accounts and regions by itself: a job that only waits for it needs none of this',
    },
    {
      if: all(is('pushClient', 'classic'), copiesLayers),
      say: 'with containerd, Docker 29 or buildx set `pushClient` to any: they ask the target for the manifest first and stop when refused',
    },
    {
      if: is('scanFindings', true),
      say: 'whether enhanced scanning asks for inspector2:ListFindings and inspector2:ListCoverage too is not known: neither is given',
    },
  ],
  widenings: [
    'No condition key tells tags or digests apart: the job may read every image of `from` and write every tag of `to`. Immutable tags in `to` keep it from replacing one.',
    'Nothing ties what is written to what was read or scanned: a gate that must hold has to be asked again where the image is run.',
  ],
  escalation:
    'Who has these credentials can put any image, not only one from `from`, under every tag of `to` that is not immutable, and so run code wherever that image is run next. They read every image of `from`, and delete nothing.',
  vendors,
  statements: [
    {
      sid: 'LogIn',
      actions: { 'ecr:GetAuthorizationToken': 'trade AWS credentials for a registry password' },
      resources: unscoped('the action has no resource type; what the token may do is decided by the other statements'),
      evidence: [reference('ecr'), source('aws-actions/amazon-ecr-login', '03f1aad', 'index.js')],
    },
    {
      sid: 'ReadImages',
      actions: {
        'ecr:BatchGetImage': 'read the manifest of the image',
        'ecr:GetDownloadUrlForLayer': when(
          copiesLayers,
          'read the layers of the image, or mount them where both repositories are in one registry',
        ),
      },
      resources: [arn('from')],
      evidence: [
        reference('ecr'),
        source('awslabs/amazon-ecr-containerd-resolver', '8e1e0309', 'ecr/fetcher.go'),
        vendor('ECR user guide', 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/blob-mounting.html'),
      ],
    },
    {
      sid: 'WriteImages',
      actions: {
        'ecr:BatchCheckLayerAvailability': when(copiesLayers, 'ask which layers the target has already'),
        'ecr:InitiateLayerUpload': when(copiesLayers, 'start a layer, or mount it from the source'),
        'ecr:UploadLayerPart': when(copiesLayers, 'send the content of a layer'),
        'ecr:CompleteLayerUpload': when(copiesLayers, 'finish a layer and have its digest checked'),
        'ecr:PutImage': 'write the manifest and its tag',
        'ecr:BatchGetImage': when(
          all(copiesLayers, is('pushClient', 'any')),
          'containerd, Docker 29 and buildx ask the target for the manifest first and stop when refused',
        ),
      },
      resources: [arn('to')],
      evidence: [
        reference('ecr'),
        source('containerd/containerd', '301026e5', 'core/remotes/docker/pusher.go', 'push'),
        source('google/go-containerregistry', 'v0.22.1', 'pkg/v1/remote/pusher.go'),
        vendor('ECR user guide', 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html'),
      ],
    },
    {
      sid: 'CheckExistingImages',
      when: is('checkExisting', true),
      actions: { 'ecr:DescribeImages': 'look whether the image is there already, so that nothing is copied' },
      resources: [arn('to')],
      evidence: [reference('ecr')],
    },
    {
      sid: 'StartScans',
      when: is('startScan', true),
      actions: { 'ecr:StartImageScan': 'have the image scanned before it is promoted' },
      resources: [arn('from')],
      evidence: [reference('ecr')],
    },
    {
      sid: 'ReadScanFindings',
      when: is('scanFindings', true),
      actions: { 'ecr:DescribeImageScanFindings': 'wait for the scan of the image and read what it found' },
      resources: [arn('from')],
      evidence: [reference('ecr')],
    },
  ],
});
