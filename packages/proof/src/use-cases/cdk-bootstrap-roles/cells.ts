import type { ProofPlan } from '../../scenario.js';

const base = { account: '123456789012', region: 'eu-west-1' };
const kmsKey = '1234abcd-12ab-34cd-96ef-1234567890ab';
const deploy = { ...base, stacks: ['app'] };
const files = { ...base, role: 'file-publishing' };
const images = { ...base, role: 'image-publishing' };
const lookup = { ...base, role: 'lookup', stacks: ['app'] };
/** What another role has no use for. */
const unused = {
  stacks: ['app'],
  method: 'both',
  destroy: true,
  rollback: true,
  terminationProtection: true,
  parameters: ['/app/domain'],
  lookUpKeys: true,
  lookUpNetworks: true,
  lookUpImages: true,
  lookUpHostedZones: true,
  hostedZones: ['Z1PA6795UKMFR9', 'Z2PA6795UKMFR9'],
  lookUpLoadBalancers: true,
  kmsKey,
};

/** Each role with each of its switches, by the usual names and by others, and with what belongs to other roles. */
export const cells: ProofPlan['cells'] = [
  { name: 'deploy', options: deploy },
  { name: 'deploy directly', options: { ...deploy, method: 'direct', parameters: ['/app/domain'] } },
  {
    name: 'deploy both ways',
    options: { ...deploy, stacks: ['app', 'app-direct'], method: 'both', terminationProtection: true, kmsKey },
  },
  { name: 'destroy', options: { ...deploy, destroy: true } },
  { name: 'roll back', options: { ...deploy, rollback: true } },
  {
    name: 'deploy by other names',
    options: {
      ...deploy,
      qualifier: 'team-a',
      executionRole: 'cdk/executor',
      bucket: 'team-assets',
      kmsKey,
    },
  },
  { name: 'deploy a pattern', options: { ...deploy, stacks: ['app-*'], scope: 'pattern' } },
  { name: 'deploy all', options: { ...base, scope: 'account' } },
  { name: 'another partition', options: { ...deploy, region: 'cn-north-1' } },
  { name: 'files', options: files },
  { name: 'files with a key', options: { ...files, ...unused } },
  { name: 'files by other names', options: { ...files, qualifier: 'team-a', bucket: 'team-assets', kmsKey } },
  { name: 'images', options: { ...images, ...unused } },
  { name: 'images by classic clients', options: { ...images, repository: 'team-images', pushClient: 'classic' } },
  { name: 'look', options: lookup },
  { name: 'look up zones', options: { ...lookup, lookUpHostedZones: true } },
  { name: 'look up', options: { ...lookup, ...unused } },
];
