import type { ProofPlan } from '../../scenario.js';

type OptionValues = Readonly<Record<string, unknown>>;

const kmsKey = '1234abcd-12ab-34cd-96ef-1234567890ab';
const base = { bucket: 'acme-state', keys: ['app/terraform.tfstate'], account: '123456789012', region: 'eu-west-1' };
const locks = ['lockfile', 'dynamodb', 'both', 'none'] as const;
const withTable = (lock: string): OptionValues =>
  lock === 'dynamodb' || lock === 'both' ? { lock, lockTable: 'locks' } : { lock };

const switches = [
  'disableBucketUpdate',
  'skipBucketVersioning',
  'skipBucketSsencryption',
  'skipBucketRootAccess',
  'skipBucketEnforcedTls',
  'skipBucketPublicAccessBlocking',
  'skipBucketAccesslogging',
  'skipAccessloggingBucketAcl',
  'skipAccessloggingBucketEnforcedTls',
  'skipAccessloggingBucketPublicAccessBlocking',
  'skipAccessloggingBucketSsencryption',
  'bucketTags',
  'lockTableTags',
  'lockTableSsencryption',
] as const;

/** The lock is shown by the cells without a bootstrap. */
const only = ['check', 'create', 'create beside logs'];
/** The older release runs once in each of these, and where what it does differs. */
const onlyBoth = [...only, 'check 0.72', 'create 0.72', 'create beside logs 0.72'];
const forBoth: readonly string[] = ['bucketTags', 'lockTableTags', 'lockTableSsencryption'];
/** A stale digest is waited for by terraform, ten seconds long: two cells show it. */
const withoutStale = ['lock', 'dependency', 'bucket key', 'identity', 'own user'];
/** The older release takes the lock, reads dependencies and asks who runs in these. */
const shownByBoth = ['lockfile', 'dynamodb', 'lockfile kms', 'both dependencies', 'lockfile kms dependencies'];
const under072 = ['lock 0.72', 'dependency 0.72', 'bucket key 0.72', 'identity 0.72'];
const showStale = ['dynamodb', 'dynamodb dependencies'];

const bootstraps = (['check', 'create'] as const).flatMap((bootstrap) =>
  [false, true].flatMap((logs) => {
    const options = {
      ...base,
      ...withTable('dynamodb'),
      bootstrap,
      ...(logs ? { accessLoggingBucket: 'acme-logs' } : {}),
    };
    const name = `${bootstrap}${logs ? ' with a logs bucket' : ''}`;
    return [
      { name, options, only: onlyBoth },
      ...switches.map((one) => ({
        name: `${name}, ${one}`,
        options: { ...options, [one]: true },
        only: bootstrap === 'create' && forBoth.includes(one) ? onlyBoth : only,
      })),
      {
        name: `${name}, everything`,
        options: { ...options, ...Object.fromEntries(switches.map((one) => [one, true])) },
        only,
      },
    ];
  }),
);

/** Lock x key x dependencies; each bootstrap with each switch; and what stands for itself. */
export const cells: ProofPlan['cells'] = [
  ...locks
    .flatMap((lock) =>
      [false, true].flatMap((kms) =>
        [false, true].map((dependencies) => ({
          name: [lock, ...(kms ? ['kms'] : []), ...(dependencies ? ['dependencies'] : [])].join(' '),
          options: {
            ...base,
            ...withTable(lock),
            ...(kms ? { kmsKey } : {}),
            ...(dependencies ? { dependencyKeys: ['network/terraform.tfstate'] } : {}),
          },
        })),
      ),
    )
    .filter(({ name }) => name !== 'none' && name !== 'none kms') // No permission is left of these.
    .map((cell) => ({
      ...cell,
      only: [
        ...withoutStale,
        ...(showStale.includes(cell.name) ? ['stale', 'stale dependency'] : []),
        ...(shownByBoth.includes(cell.name) ? under072 : []),
      ],
    })),
  ...bootstraps,
  // With a key, the statement for a lock object allows what bucket keys ask for as well: the lock item shows it alone.
  ...(
    [
      ['lockfile', false],
      ['dynamodb', false],
      ['dynamodb', true],
    ] as const
  ).flatMap(([lock, kms]) => {
    const own = { ...base, ...withTable(lock), ...(kms ? { kmsKey } : {}) };
    const named = (what: string) => [what, lock, ...(kms ? ['kms'] : [])].join(' ');
    const migrateToKeys = ['web/terraform.tfstate'];
    return [
      { name: named('delete'), options: { ...own, deleteStates: true } },
      { name: named('migrate'), options: { ...own, migrateToKeys } },
      { name: named('migrate to a bucket'), options: { ...own, migrateToKeys, migrateToBucket: 'acme-web-state' } },
    ].map((cell) => ({ ...cell, only: ['backend delete', 'backend migrate', 'backend migrate, bucket key'] }));
  }),
  { name: 'check without a table', options: { ...base, bootstrap: 'check' } },
  { name: 'create without a table', options: { ...base, bootstrap: 'create' } },
  { name: 'user of 2016', options: { ...base, lock: 'none', identity: 'iam-user' } },
  { name: 'account alias', options: { ...base, accountAlias: true } },
  { name: 'assumed role', options: { ...base, assumeRoles: ['deploy'] } },
  { name: 'pattern', options: { ...base, scope: 'pattern', keys: ['apps/*/terraform.tfstate'] } },
  { name: 'account', options: { ...base, scope: 'account', keys: undefined } },
];
