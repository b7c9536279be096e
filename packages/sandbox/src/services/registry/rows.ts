import { digestOf } from '../ecr/state.js';
import { account, region, type Row, type ServiceRows } from '../row.js';

const blob = Buffer.from('layer');
const repository = `arn:aws:ecr:${region}:${account}:repository/my-app`;
const digest = digestOf(blob);

const headers = { authorization: `Basic ${Buffer.from('AWS:secret').toString('base64')}` };

const requests: readonly Row[] = [
  ['Ping', { path: '/v2/' }, []],
  ['ListRepositories', { path: '/v2/_catalog' }, [`ecr:DescribeRepositories ${repository.replace('my-app', '*')}`]],
  ['ListTags', { path: '/v2/my-app/tags/list' }, [`ecr:ListImages ${repository}`]],
  ['HeadManifest', { method: 'HEAD', path: '/v2/my-app/manifests/v1' }, [`ecr:BatchGetImage ${repository}`]],
  ['GetManifest', { path: '/v2/my-app/manifests/v1' }, [`ecr:BatchGetImage ${repository}`]],
  ['PutManifest', { method: 'PUT', path: '/v2/my-app/manifests/v1', body: '{}' }, [`ecr:PutImage ${repository}`]],
  ['DeleteManifest', { method: 'DELETE', path: '/v2/my-app/manifests/v1' }, [`ecr:BatchDeleteImage ${repository}`]],
  [
    'HeadBlob',
    { method: 'HEAD', path: `/v2/team/my-app/blobs/${digest}` },
    [`ecr:BatchCheckLayerAvailability ${repository.replace('my-app', 'team/my-app')}`],
  ],
  ['GetBlob', { path: `/v2/my-app/blobs/${digest}` }, [`ecr:GetDownloadUrlForLayer ${repository}`]],
  ['StartUpload', { method: 'POST', path: '/v2/my-app/blobs/uploads/' }, [`ecr:InitiateLayerUpload ${repository}`]],
  [
    'MountBlob',
    { method: 'POST', path: `/v2/my-app/blobs/uploads/?mount=${digest}&from=base` },
    [`ecr:InitiateLayerUpload ${repository}`, `ecr:GetDownloadUrlForLayer ${repository.replace('my-app', 'base')}`],
  ],
  ['GetUpload', { path: '/v2/my-app/blobs/uploads/1' }, [`ecr:InitiateLayerUpload ${repository}`]],
  [
    'UploadChunk',
    { method: 'PATCH', path: '/v2/my-app/blobs/uploads/1', body: 'x' },
    [`ecr:UploadLayerPart ${repository}`],
  ],
  [
    'FinishUpload',
    { method: 'PUT', path: `/v2/my-app/blobs/uploads/1?digest=${digest}` },
    [`ecr:CompleteLayerUpload ${repository}`],
  ],
  [
    'FinishUpload',
    { method: 'PUT', path: `/v2/my-app/blobs/uploads/1?digest=${digest}`, body: 'x' },
    [`ecr:UploadLayerPart ${repository}`, `ecr:CompleteLayerUpload ${repository}`],
  ],
  ['CancelUpload', { method: 'DELETE', path: '/v2/my-app/blobs/uploads/1' }, []],
];

export const rows = requests.map(([operation, request, checks]): Row => [operation, { ...request, headers }, checks]);

export const setUp: ServiceRows['setUp'] = ({ registry }, key) => {
  registry.create(account, region, 'my-app');
  registry.create(account, region, 'base').blobs.set(digest, blob);
  registry.passwords.set('secret', key);
};
