import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  compare,
  decide,
  infer,
  tryBuild,
  type PolicyDocument,
  type Request,
  type Inference,
} from '../../../src/index.js';
import { Random } from '../../access/random.js';
import { roundsOf, seed } from '../../access/compare/rounds.js';
import { entries } from '../../catalog/entries.js';
import { drawOptions } from './random-options.js';

/** One request for each action, resource and condition value of a policy; a `*` of the entry itself stands for some text. */
function requestsOf({ Statement: statements }: PolicyDocument): Request[] {
  return statements.flatMap(({ Action = [], Resource = [], Condition = {} }) => {
    const contexts = Object.entries(Condition).reduce<Record<string, string>[]>(
      (found, [operator, keys]) =>
        Object.entries(keys).reduce(
          (all, [key, values]) =>
            operator === 'Null' ? all : all.flatMap((one) => values.map((value) => ({ ...one, [key]: String(value) }))),
          found,
        ),
      [{}],
    );
    return Action.flatMap((action) =>
      Resource.flatMap((resource) =>
        contexts.map((context) => ({
          action,
          resource: resource.replace('${aws:username}', 'ci'),
          context: { 'aws:username': 'ci', ...context },
        })),
      ),
    );
  });
}

/** What the property says of a policy and its requests; empty where it holds. */
function broken(original: PolicyDocument, requests: readonly Request[], found: Inference): string[] {
  const { document, options, allowed, untold } = found;
  if (document === undefined) return untold.length > 0 ? [] : ['no policy, and nothing says why'];
  const refused = allowed.filter((request) => decide(document, request).decision !== 'allowed');
  const silent = requests.filter(
    (request) => !allowed.includes(request) && !untold.some((one) => one.request === request),
  );
  const { relation, gained } = compare(original, document);
  const isNarrow = relation === 'equal' || relation === 'narrower';
  return [
    ...refused.map(({ action }) => `${action} is said to be allowed`),
    ...silent.map(({ action }) => `nothing is said of ${action}`),
    ...(isNarrow ? [] : [`${relation}: ${JSON.stringify(gained)} with ${JSON.stringify(options)}`]),
  ];
}

/** Options of an entry that once led to wider ones, as the property found them. */
function cellsOf(folder: string): unknown[] {
  const file = new URL(`cells/${folder}.json`, import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown[]) : [];
}

describe.each(entries)('$folder', ({ folder, useCase, samples }) => {
  test(`random options lead back to themselves or to narrower ones (POSTERN_SEED=${seed})`, () => {
    const random = new Random(seed);
    const problems: unknown[] = [];
    let whole = 0;
    const rounds = roundsOf(40);
    for (let round = 0; round < rounds; round += 1) {
      const options = drawOptions(useCase, random);
      const { document } = tryBuild(useCase, options);
      const requests = requestsOf(document);
      const inferred = infer(useCase, requests);
      const { allowed, untold } = inferred;
      const found = broken(document, requests, inferred);
      if (found.length > 0) problems.push({ options, found });
      if (allowed.length === requests.length) whole += 1;
      // Such as keys of states where nothing is locked: the policy does not name them, so nobody can.
      else if (!untold.some(({ message }) => message.startsWith('missing'))) problems.push({ options, untold });
    }
    expect(problems).toEqual([]);
    expect(whole).toBeGreaterThan(0);
  });

  test.each(cellsOf(folder))('%j lead back to themselves or to narrower ones', (options) => {
    const { document, problems } = tryBuild(useCase, options);
    expect(problems).toEqual([]);
    const requests = requestsOf(document);
    const inferred = infer(useCase, requests);
    expect(broken(document, requests, inferred)).toEqual([]);
    expect(inferred.allowed).toHaveLength(requests.length);
  });

  test.each(samples)('what the cases of $name allow leads back to options that allow it', ({ options, allows }) => {
    const requests = allows.flatMap(({ actions, resource, context }) =>
      actions.map((action) => ({ action, resource, context: context ?? {} })),
    );
    const { document } = tryBuild(useCase, options);
    expect(broken(document, requests, infer(useCase, requests))).toEqual([]);
  });
});
