import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  arn,
  decide,
  defineUseCase,
  is,
  itself,
  list,
  place,
  toggle,
  useCases,
  when,
  type ResourceForm,
  type UseCase,
} from '@postern/core';
import { describe, expect, test } from 'vitest';
import { printBaseline, readBaseline, recordBaseline, writeBaseline } from '../src/baseline.js';
import { bumpBetween, findAdditions, findChanges, isEnough, leastBump } from '../src/changes.js';
import { cutRelease, replaceUnreleased, unreleasedSection, type Reasons } from '../src/changelog.js';
import { listCells } from '../src/cells.js';
import { lockWithVersion, publishedNames, readLock, readManifests, withVersion } from '../src/versions.js';

const changelog = readFileSync(new URL('../../../CHANGELOG.md', import.meta.url), 'utf8');
const reasons = JSON.parse(readFileSync(new URL('../reasons.json', import.meta.url), 'utf8')) as Reasons;
const entries = useCases as readonly UseCase[];
const baseline = readBaseline();
const changes = findChanges(baseline, entries);
const additions = findAdditions(baseline, entries);
const cells = await listCells();

describe('this commit against the last release', () => {
  test('every access change has a reason in reasons.json, and nothing else has', () => {
    const changed = new Set(changes.map(({ useCase }) => useCase));
    expect(Object.keys(reasons).sort()).toEqual([...changed].sort());
  });

  test('an action that an entry gives on everything is shown without a resource, as AWS receives it', () => {
    const isOfAll = ({ Resource }: { readonly Resource?: readonly string[] }) => Resource?.[0] === '*';
    const cell = baseline.cells.find(({ document }) => document.Statement.filter(isOfAll).length === 1)!;
    const { Statement } = cell.document;
    const before = { ...cell.document, Statement: Statement.filter((statement) => !isOfAll(statement)) };
    const [change] = findChanges({ ...baseline, cells: [{ ...cell, document: before }] }, entries);
    expect(change!.gained?.resource).toBe('*');
    expect(Statement.find(isOfAll)!.Action).toContain(change!.gained?.action);
  });

  test('the changelog names every new use case and every access change; else run `npm run release`', () => {
    expect(replaceUnreleased(changelog, unreleasedSection(changes, reasons, additions))).toBe(changelog);
  });

  test('every package is of one version: that of the baseline, or one that is enough', () => {
    const manifests = readManifests();
    const published = publishedNames(manifests);
    const { version } = manifests.get('packages/core/package.json')!;
    const later = bumpBetween(baseline.version, version!);
    expect(version === baseline.version || isEnough(later, leastBump(changes, baseline.version, additions))).toBe(true);
    expect(published.size).toBeGreaterThan(3);
    for (const [path, manifest] of manifests)
      expect(withVersion(manifest, published, version!), path).toEqual(manifest);
    expect(lockWithVersion(readLock(), manifests, version!)).toEqual(readLock());
  });

  test('every entry is in the baseline or announced as new', () => {
    const released = new Set(baseline.cells.map(({ useCase }) => useCase));
    const announced = new Set(additions.map(({ useCase }) => useCase));
    expect(entries.filter(({ id }) => released.has(id) === announced.has(id)).map(({ id }) => id)).toEqual([]);
    expect(baseline.cells.length).toBeGreaterThan(100);
  });
});

describe('a release that is cut', () => {
  const manifests = readManifests();
  const published = publishedNames(manifests);

  test('is the version of every published package, and of what they take from each other', () => {
    for (const [path, manifest] of manifests) {
      const text = JSON.stringify(withVersion(manifest, published, '7.8.9'));
      for (const name of published) expect(text, path).not.toMatch(new RegExp(`"${name}":"(?!7\\.8\\.9"|\\./)`));
      if (published.has(manifest.name!)) expect(text, path).toContain('"version":"7.8.9"');
      else expect(text, path).not.toContain('"version":"7.8.9"');
    }
  });

  test('is the version in the lock, where nothing else changes', () => {
    const before = readLock();
    const { packages } = lockWithVersion(before, manifests, '7.8.9');
    const changed = Object.keys(packages).filter(
      (folder) => JSON.stringify(packages[folder]) !== JSON.stringify(before.packages[folder]),
    );
    expect(changed.every((folder) => manifests.has(`${folder}/package.json`))).toBe(true);
    expect(packages['packages/core']!.version).toBe('7.8.9');
    expect(packages['tools/release']!.version).toBe('0.0.0');
  });
});

describe('a catalog with a use case more', () => {
  const [first] = entries as [UseCase];
  const added = { ...first, id: 'made-up', title: 'Make something up' };
  const found = findAdditions(baseline, [...entries, added]);

  test('is accepted, announced with what it allows, and no patch', () => {
    const made = found.find(({ useCase }) => useCase === 'made-up')!;
    expect(made.allows).toEqual([...new Set(first.statements.flatMap(({ actions }) => Object.keys(actions)))]);
    const text = unreleasedSection([], {}, [made]);
    expect(text).toMatch(
      /^## Unreleased\n\nNew use cases:\n\n- \*\*made-up\*\* is a new use case: Make something up\. /,
    );
    for (const action of made.allows) expect(text).toContain(`\`${action}\``);
    expect(leastBump([], '1.2.3', [made])).toBe('minor');
    expect(findChanges(baseline, [...entries, added])).toEqual(changes);
  });

  test('is not new any more in the baseline of the release that has it', () => {
    const [cell] = cells.filter(({ useCase }) => useCase.id === first.id);
    const recorded = recordBaseline('1.3.0', [...cells, { ...cell!, useCase: added }]);
    expect(findAdditions(recorded, [...entries, added])).toEqual([]);
  });
});

test('a baseline is a file for each use case, and is read as it was written', () => {
  const to = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'postern-baseline-'))}/`);
  try {
    const before = recordBaseline('1.2.3', cells);
    writeBaseline(before, to);
    expect(readdirSync(to).sort()).toEqual([...entries.map(({ id }) => `${id}.json`), '_version.json'].sort());
    expect(readBaseline(to)).toEqual(before);
    const fewer = { ...before, cells: before.cells.filter(({ useCase }) => useCase !== entries[0]!.id) };
    writeBaseline(fewer, to);
    expect(readBaseline(to)).toEqual(fewer);
    expect(readdirSync(to)).not.toContain(`${entries[0]!.id}.json`);
    const { Statement } = before.cells[0]!.document;
    const changed = before.cells.with(0, {
      ...before.cells[0]!,
      document: { Version: '2012-10-17', Statement: Statement.slice(1) },
    });
    const other = [...printBaseline({ ...before, cells: changed })].filter(
      ([name, text]) => printBaseline(before).get(name) !== text,
    );
    expect(other.map(([name]) => name)).toEqual([`${before.cells[0]!.useCase}.json`]);
  } finally {
    rmSync(to, { recursive: true });
  }
});

const things: ResourceForm = {
  types: ['Made::Up::Thing'],
  title: 'thing',
  example: 'one',
  pattern: '^[a-z]+$',
  wildcardPattern: '^[a-z*?]+$',
  says: 'lower case letters',
  shortest: 1,
  longest: 20,
  arn: { service: 'madeup', regional: true, account: true, resource: ['thing/', itself] },
};

const madeUp = defineUseCase({
  id: 'made-up',
  title: 'Make something up',
  summary: 'A test.',
  excludes: 'Nothing.',
  options: { things: list(things, 'Some.', { required: true }), look: toggle('Looks before.'), ...place },
  statements: [
    { sid: 'Push', actions: { 'madeup:Push': 'push' }, resources: [arn('things')], evidence: [] },
    {
      sid: 'Look',
      when: is('look', true),
      actions: { 'madeup:Look': 'look' },
      resources: [arn('things')],
      evidence: [],
    },
  ],
}) as UseCase;
const madeUpCells = [false, true].flatMap((look) =>
  ['a', 'b', 'c', 'd'].map((thing) => ({
    useCase: madeUp,
    name: `${thing}, look ${look}`,
    options: { things: [thing], look, account: '123456789012', region: 'eu-west-1' },
  })),
);

/** The catalog with the entry changed. */
function withMadeUp(change: (useCase: UseCase) => UseCase): readonly UseCase[] {
  return [...entries, change(madeUp)];
}

function withAction(action: string, reason: Parameters<typeof when>[1]): (useCase: UseCase) => UseCase {
  return (useCase) => ({
    ...useCase,
    statements: useCase.statements.map((statement) =>
      statement.sid === 'Push'
        ? { ...statement, actions: { ...statement.actions, [action]: reason as string } }
        : statement,
    ),
  });
}

describe('a changed catalog', () => {
  const now = recordBaseline('1.2.3', [...cells, ...madeUpCells]);

  test('an action more is named with its witness, and is no patch', () => {
    const found = findChanges(now, withMadeUp(withAction('madeup:Delete', 'clean up')));
    expect(found.map(({ useCase, relation }) => [useCase, relation])).toEqual([['made-up', 'wider']]);
    const { gained, others } = found[0]!;
    expect(gained!.action).toBe('madeup:Delete');
    expect(others).toBeGreaterThan(5);
    const before = now.cells.find(({ useCase }) => useCase === 'made-up')!.document;
    expect(decide(before, gained!).decision).toBe('implicitDeny');
    expect(leastBump(found, '1.2.3')).toBe('minor');
    expect(isEnough(bumpBetween('1.2.3', '1.2.4'), 'minor')).toBe(false);
    expect(isEnough(bumpBetween('1.2.3', '1.3.0'), 'minor')).toBe(true);
    expect(unreleasedSection(found, { 'made-up': 'It cleans up.' })).toContain(
      'gives more access: It cleans up.\n  - gained: `madeup:Delete` on `arn:aws:madeup:',
    );
    expect(unreleasedSection(found, {})).toContain('NO REASON GIVEN');
  });

  test('an action under one option only is found in the cells that have it', () => {
    const found = findChanges(
      now,
      withMadeUp(withAction('madeup:Delete', when(is('look', true), 'clean up') as never)),
    );
    expect(found).toHaveLength(1);
    expect(found[0]!.others).toBeLessThan(now.cells.filter(({ useCase }) => useCase === 'made-up').length - 1);
  });

  test('an action less is a major release', () => {
    const found = findChanges(
      now,
      withMadeUp((useCase) => ({
        ...useCase,
        statements: useCase.statements.filter(({ sid }) => sid !== 'Look'),
      })),
    );
    expect(found.map(({ relation }) => relation)).toContain('narrower');
    expect(leastBump(found, '1.2.3')).toBe('major');
    expect(leastBump(found, '0.2.3')).toBe('minor');
  });

  test('an entry or an option that goes away is a major release', () => {
    const found = findChanges(now, [...entries.slice(1), madeUp]);
    expect(found[0]).toMatchObject({ useCase: entries[0]!.id, relation: 'removed' });
    expect(leastBump(found, '1.2.3')).toBe('major');
  });

  test('other words for the same access are no change', () => {
    const found = findChanges(
      now,
      withMadeUp((useCase) => ({ ...useCase, statements: useCase.statements.toReversed() })),
    );
    expect(found).toEqual([]);
    expect(leastBump(found, '1.2.3')).toBe('patch');
    expect(bumpBetween('1.2.3', '1.2.3')).toBeUndefined();
  });
});

describe('the section of what is not released yet', () => {
  const before = '# Changelog\n\n## Unreleased\n\nNo access changes.\n';
  const section = '## Unreleased\n\nAccess changes.\n';

  test('keeps what people wrote below a heading of their own', () => {
    const own = '\n### What else changes\n\n- `postern split` divides policies.\n\n## 0.1.0\n\nThe first.\n';
    expect(replaceUnreleased(before + own, section)).toBe(`# Changelog\n\n${section}${own}`);
    expect(replaceUnreleased(`${before}\n## 0.1.0\n`, section)).toBe(`# Changelog\n\n${section}\n## 0.1.0\n`);
    expect(replaceUnreleased(before, section)).toBe(`# Changelog\n\n${section}`);
  });

  test('becomes the release with what people wrote', () => {
    const cut = cutRelease(`${before}\n### What else changes\n\n- x\n`, '1.0.0', '2026-01-02');
    expect(cut).toBe(
      '# Changelog\n\n## Unreleased\n\nNo access changes.\n\n## 1.0.0 (2026-01-02)\n\nNo access changes.\n\n### What else changes\n\n- x\n',
    );
  });
});
