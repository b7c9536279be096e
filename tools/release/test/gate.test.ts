import { readFileSync } from 'node:fs';
import { decide, ecrDockerPush, useCases, when, is, type UseCase } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { readBaseline, recordBaseline } from '../src/baseline.js';
import { bumpBetween, findChanges, isEnough, leastBump } from '../src/changes.js';
import { cutRelease, replaceUnreleased, unreleasedSection, type Reasons } from '../src/changelog.js';
import { listCells } from '../src/cells.js';

const changelog = readFileSync(new URL('../../../CHANGELOG.md', import.meta.url), 'utf8');
const reasons = JSON.parse(readFileSync(new URL('../reasons.json', import.meta.url), 'utf8')) as Reasons;
const entries = useCases as readonly UseCase[];
const baseline = readBaseline();
const changes = findChanges(baseline, entries);
const cells = await listCells();

describe('this commit against the last release', () => {
  test('every access change has a reason in reasons.json, and nothing else has', () => {
    const changed = new Set(changes.map(({ useCase }) => useCase));
    expect(Object.keys(reasons).sort()).toEqual([...changed].sort());
  });

  test('the changelog names every access change; else run `npm run release`', () => {
    expect(replaceUnreleased(changelog, unreleasedSection(changes, reasons))).toBe(changelog);
  });

  test('the packages are of the version that the baseline is of, or of one that is enough', () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../../packages/core/package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    const later = bumpBetween(baseline.version, version);
    expect(version === baseline.version || isEnough(later, leastBump(changes, baseline.version))).toBe(true);
  });

  test('the baseline holds every entry in many cells', () => {
    expect(new Set(baseline.cells.map(({ useCase }) => useCase))).toEqual(new Set(entries.map(({ id }) => id)));
    expect(baseline.cells.length).toBeGreaterThan(100);
  });
});

/** The catalog with one entry changed. */
function withEcr(change: (useCase: UseCase) => UseCase): readonly UseCase[] {
  return entries.map((useCase) => (useCase.id === ecrDockerPush.id ? change(useCase) : useCase));
}

function withAction(action: string, reason: Parameters<typeof when>[1]): (useCase: UseCase) => UseCase {
  return (useCase) => ({
    ...useCase,
    statements: useCase.statements.map((statement) =>
      statement.sid === 'PushImages'
        ? { ...statement, actions: { ...statement.actions, [action]: reason as string } }
        : statement,
    ),
  });
}

describe('a changed catalog', () => {
  const now = recordBaseline('1.2.3', cells);

  test('an action more is named with its witness, and is no patch', () => {
    const found = findChanges(now, withEcr(withAction('ecr:DeleteRepository', 'clean up')));
    expect(found.map(({ useCase, relation }) => [useCase, relation])).toEqual([['ecr-docker-push', 'wider']]);
    const { gained, others } = found[0]!;
    expect(gained!.action).toBe('ecr:DeleteRepository');
    expect(others).toBeGreaterThan(5);
    const before = now.cells.find(({ useCase }) => useCase === 'ecr-docker-push')!.document;
    expect(decide(before, gained!).decision).toBe('implicitDeny');
    expect(leastBump(found, '1.2.3')).toBe('minor');
    expect(isEnough(bumpBetween('1.2.3', '1.2.4'), 'minor')).toBe(false);
    expect(isEnough(bumpBetween('1.2.3', '1.3.0'), 'minor')).toBe(true);
    expect(unreleasedSection(found, { 'ecr-docker-push': 'It cleans up.' })).toContain(
      'gives more access: It cleans up.\n  - gained: `ecr:DeleteRepository` on `arn:aws:ecr:',
    );
    expect(unreleasedSection(found, {})).toContain('NO REASON GIVEN');
  });

  test('an action under one option only is found in the cells that have it', () => {
    const found = findChanges(
      now,
      withEcr(withAction('ecr:DeleteRepository', when(is('pull', true), 'clean up') as never)),
    );
    expect(found).toHaveLength(1);
    expect(found[0]!.others).toBeLessThan(now.cells.filter(({ useCase }) => useCase === 'ecr-docker-push').length - 1);
  });

  test('an action less is a major release', () => {
    const found = findChanges(
      now,
      withEcr((useCase) => ({
        ...useCase,
        statements: useCase.statements.filter(({ sid }) => sid !== 'CheckExistingImages'),
      })),
    );
    expect(found.map(({ relation }) => relation)).toContain('narrower');
    expect(leastBump(found, '1.2.3')).toBe('major');
    expect(leastBump(found, '0.2.3')).toBe('minor');
  });

  test('an entry or an option that goes away is a major release', () => {
    const found = findChanges(now, entries.slice(1));
    expect(found[0]).toMatchObject({ useCase: entries[0]!.id, relation: 'removed' });
    expect(leastBump(found, '1.2.3')).toBe('major');
  });

  test('other words for the same access are no change', () => {
    const found = findChanges(
      now,
      withEcr((useCase) => ({ ...useCase, statements: useCase.statements.toReversed() })),
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
