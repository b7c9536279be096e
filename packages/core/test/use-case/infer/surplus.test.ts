import { expect, test } from 'vitest';
import { leastOf, surplusIn } from '../../../src/use-case/infer/surplus.js';

/** What a policy allows on a resource beyond what was asked for on another. */
function beyond(asked: string, allowed: string) {
  const request = { action: 's3:GetObject', resource: asked };
  const least = leastOf([{ request, ways: [{ names: [], predicates: [], texts: [['', asked]] }] }]);
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: [request.action], Resource: [allowed] }],
  } as const;
  return surplusIn(document, least)?.map(({ resource }) => resource);
}

test.each([
  ['b/*', 'b/a*'],
  ['b/*', 'b/?'],
  ['b/a?c*', 'b/a?cd*'],
  ['b/*/x', 'b/*/y/*/x'],
  ['b/*-??????', 'b/app-*-??????'],
])('%s reaches all that %s reaches', (asked, allowed) => {
  expect(beyond(asked, allowed)).toEqual([]);
});

test.each([
  ['b/a*', 'b/*'],
  ['b/?*', 'b/*'],
  ['b/?', 'b/??'],
  ['b/a?', 'b/a*'],
  ['*aa?*', 'a*aa*'],
  ['b/*/x', 'b/*x'],
])('%s does not reach all that %s reaches', (asked, allowed) => {
  expect(beyond(asked, allowed)).toEqual([allowed]);
});
