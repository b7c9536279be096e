import type { ProofPlan } from '../../scenario.js';

const kmsKey = '1234abcd-12ab-34cd-96ef-1234567890ab';
const encryptionKey = '5678abcd-12ab-34cd-96ef-1234567890ab';
const base = { bucket: 'acme-state', keys: ['app/terraform.tfstate'], account: '123456789012', region: 'eu-west-1' };

const accesses = ['apply', 'plan', 'read'] as const;
const locks = ['lockfile', 'dynamodb', 'both', 'none'] as const;

/** A stale digest is waited for by terraform, ten seconds long: one cell shows it. */
const only = ['apply', 'plan', 'first plan', 'read', 'bucket key', 'assume role', 'large'];
/** OpenTofu runs where it may differ: each lock, a key, and the tags that only it writes. */
const forOpenTofu = ['apply lockfile', 'apply dynamodb', 'apply both', 'apply none', 'apply lockfile kms', 'tags'];
const showsStale = 'read dynamodb';

const named: ProofPlan['cells'] = [
  ...accesses.flatMap((access) =>
    locks.flatMap((lock) =>
      [false, true].flatMap((kms) =>
        [false, true].map((workspaces) => ({
          name: [access, lock, ...(kms ? ['kms'] : []), ...(workspaces ? ['workspaces'] : [])].join(' '),
          options: {
            ...base,
            access,
            lock,
            ...(lock === 'dynamodb' || lock === 'both' ? { lockTable: 'locks' } : {}),
            ...(kms ? { kmsKey } : {}),
            ...(workspaces ? { workspaces: ['staging'] } : {}),
          },
        })),
      ),
    ),
  ),
  ...locks.map((lock) => ({
    name: `delete workspaces ${lock}`,
    options: {
      ...base,
      lock,
      ...(lock === 'dynamodb' || lock === 'both' ? { lockTable: 'locks' } : {}),
      workspaces: ['staging'],
      deleteWorkspaces: true,
    },
  })),
  { name: 'only workspaces', options: { ...base, workspaces: ['staging'], defaultWorkspace: false } },
  {
    name: 'only workspaces kms',
    options: { ...base, kmsKey, workspaces: ['staging'], defaultWorkspace: false },
  },
  {
    name: 'only workspaces, dynamodb, another prefix',
    options: {
      ...base,
      lock: 'dynamodb',
      lockTable: 'locks',
      workspaces: ['staging'],
      defaultWorkspace: false,
      workspaceKeyPrefix: 'stages',
    },
  },
  { name: 'several states', options: { ...base, keys: ['app/terraform.tfstate', 'network/terraform.tfstate'] } },
  { name: 'restricted listing', options: { ...base, restrictListing: true } },
  {
    name: 'resource account',
    options: { ...base, resourceAccount: '123456789012', workspaces: ['staging'], deleteWorkspaces: true },
  },
  { name: 'large state', options: { ...base, largeState: true } },
  { name: 'tags', options: { ...base, objectTags: true } },
  { name: 'table with a key', options: { ...base, lock: 'dynamodb', lockTable: 'locks', lockTableKmsKey: kmsKey } },
  {
    name: 'read table with a key',
    options: { ...base, access: 'read', lock: 'dynamodb', lockTable: 'locks', lockTableKmsKey: kmsKey },
  },
  ...accesses.map((access) => ({
    name: `${access} with keys of OpenTofu`,
    options: { ...base, access, encryptionKeys: [encryptionKey] },
  })),
  { name: 'assumed role', options: { ...base, assumeRoles: ['state'] } },
  {
    name: 'pattern',
    options: { ...base, scope: 'pattern', keys: ['apps/*/terraform.tfstate'], lock: 'both', lockTable: 'locks' },
  },
  { name: 'account', options: { bucket: 'acme-state', scope: 'account', account: base.account, region: base.region } },
  {
    name: 'account both kms',
    options: {
      bucket: 'acme-state',
      scope: 'account',
      account: base.account,
      region: base.region,
      lock: 'both',
      lockTable: 'locks',
      kmsKey,
    },
  },
];

/** Access x lock x key x workspaces, and what stands for itself. */
export const cells: ProofPlan['cells'] = named.map((cell) => {
  if (cell.name === showsStale) return cell;
  if (cell.name.endsWith('with keys of OpenTofu')) return { ...cell, only: ['opentofu', 'opentofu reads'] };
  return { ...cell, only: forOpenTofu.includes(cell.name) ? [...only, 'opentofu'] : only };
});
