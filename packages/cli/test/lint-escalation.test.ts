import { parse } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { paths } from '../src/lint/rules/escalation/catalogue.js';
import { pageOf } from '../src/lint/rules/escalation/path.js';
import { adviceFor, escalation } from '../src/lint/rules/escalation/rule.js';
import { ServiceReference } from '../src/lint/service-reference.js';

const reference = await ServiceReference.load();

async function openIn(statements: readonly object[]): Promise<string[]> {
  const { document, problems } = parse({ Version: '2012-10-17', Statement: statements });
  expect(problems).toEqual([]);
  const found = await escalation.check({ document: document!, documents: [document!], reference });
  return found.flatMap(({ details }) => (details!['paths'] as { id: string }[]).map(({ id }) => id));
}

test('the catalogue has every path of the public ones, each once', () => {
  expect(new Set(paths.map(({ id }) => id)).size).toBe(paths.length);
  expect(paths.length).toBeGreaterThanOrEqual(150);
  const of = (name: 'pathfinding' | 'prowler' | 'cloudsplaining' | 'rhino') =>
    new Set(paths.flatMap(({ source }) => source[name] ?? [])).size;
  expect({
    pathfinding: of('pathfinding'),
    prowler: of('prowler'),
    cloudsplaining: of('cloudsplaining'),
    rhino: of('rhino'),
  }).toEqual({
    pathfinding: 66,
    prowler: 99,
    cloudsplaining: 59,
    rhino: 21,
  });
});

describe.each(paths.map((path) => [path.id, path] as const))('%s', (id, path) => {
  const opening = path.actions.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' }));

  test('names actions that there are, and a page', async () => {
    for (const action of path.actions)
      expect((await reference.matching(action)).map((one) => one.action)).toEqual([action]);
    expect(pageOf(path)).toMatch(/^https:\/\//);
    expect(path.gives).toMatch(/^[a-z].*[^.]$/);
  });

  test('is open, closes as advised, and is open no more without one of its actions', async () => {
    expect(await openIn(opening)).toContain(id);
    const { statement, instead } = await adviceFor(path, reference);
    for (const resource of statement.Resource) expect(resource).toMatch(/^arn:aws:/);
    expect(instead).toContain('`');
    const text = JSON.stringify(statement).replaceAll('ACCOUNT', '123456789012').replaceAll('REGION', 'eu-west-1');
    expect(await openIn([JSON.parse(text) as object, ...opening.slice(1)])).not.toContain(id);
    for (const left of opening.keys()) {
      expect(
        await openIn(
          opening
            .filter((_, index) => index !== left)
            .concat({ Effect: 'Allow', Action: 's3:GetBucketTagging', Resource: '*' }),
        ),
      ).not.toContain(id);
    }
  });
});

test('the advice for an action on several types names more than one of them', async () => {
  const path = paths.find(({ actions }) => actions[0] === 'ssm:StartSession')!;
  const { instead } = await adviceFor(path, reference);
  expect(instead).toContain(':document/');
  expect(instead).toMatch(/:instance\/|managed-instance\//);
});
