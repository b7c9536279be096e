import type { ProofPlan } from '../../scenario.js';

const base = { account: '123456789012', region: 'eu-west-1' };
const tagged = { ...base, sessionTags: ['Team'] };
const everything = { ...tagged, imageAssets: true };
const hotswap = { ...base, hotswapStacks: ['dev'], hotswapFunctions: ['dev-api'] };

/** Each command, each way to say where it deploys to, with every role and with tags, and what is swapped. */
export const cells: ProofPlan['cells'] = [
  { name: 'deploy', options: base },
  { name: 'deploy without lookups', options: { ...base, lookups: false } },
  { name: 'everything', options: everything },
  {
    name: 'accounts and regions',
    options: {
      ...everything,
      targetAccounts: ['111111111111', '222222222222'],
      targetRegions: ['us-east-1', 'eu-central-1'],
    },
  },
  { name: 'another region', options: { ...everything, targetRegions: ['us-east-1'] } },
  { name: 'another account', options: { ...everything, targetAccounts: ['111111111111'] } },
  { name: 'diff', options: { ...everything, mode: 'diff' } },
  { name: 'diff-template', options: { ...everything, mode: 'diff-template', lookups: false } },
  { name: 'destroy', options: { ...tagged, mode: 'destroy' } },
  { name: 'destroy without lookups', options: { ...tagged, mode: 'destroy', lookups: false } },
  { name: 'qualifier', options: { ...base, qualifier: 'team-a' } },
  {
    name: 'named roles',
    options: {
      ...tagged,
      assumeRoles: ['cdk/deployer', 'publisher', 'arn:aws:iam::123456789012:role/reader'],
    },
  },
  { name: 'hotswap', options: hotswap },
  { name: 'hotswap versions', options: { ...hotswap, hotswapVersions: true, lookups: false } },
  { name: 'diff of what is swapped', options: { ...hotswap, mode: 'diff' } },
  { name: 'another partition', options: { ...base, region: 'cn-north-1' } },
];
