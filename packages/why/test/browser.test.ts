import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import * as here from '../src/index.js';

const sentence =
  'User: arn:aws:sts::123456789012:assumed-role/ci/run is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:123456789012:repository/my-app because no identity-based policy allows the ecr:BatchGetImage action';
const texts = [
  sentence,
  `\u001b[31m│ Error: ${sentence}\u001b[0m\n│\n`,
  'An error occurred (AccessDeniedException) when calling the PutImage operation: Access Denied',
  'operation error ECS: UpdateService, https response error StatusCode: 403, AccessDeniedException: no',
  JSON.stringify({
    eventSource: 'ecs.amazonaws.com',
    eventName: 'RunTask',
    errorCode: 'AccessDenied',
    errorMessage: '',
  }),
  'HEAD https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/my-app/manifests/latest: 403 Forbidden',
  'all is well',
];

/** What the bundle exports, seen from a context that has the globals of the language and no others. */
let there: typeof here;
let globals: readonly string[];
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'why',
    conditions: ['@postern/source'],
    write: false,
  });
  const context = createContext(Object.create(null) as object);
  globals = runInContext('Object.getOwnPropertyNames(globalThis)', context) as string[];
  there = runInContext(`${outputFiles[0]!.text}\nwhy`, context) as typeof here;
});

/** Values of another context have other prototypes. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

test('the context has nothing of Node', () => {
  for (const name of ['process', 'Buffer', 'require', 'URL', 'URLSearchParams', 'setTimeout', 'fetch'])
    expect(globals).not.toContain(name);
  expect(globals).toContain('Map');
});

test.each(texts)('reads in a browser what it reads here: %s', (text) => {
  expect(plain(there.readDenials(text))).toEqual(plain(here.readDenials(text)));
});

test('finds what brings a permission, without rules', () => {
  const [denial] = there.readDenials(sentence);
  const { candidates } = there.look(there.askingOf(denial!)!);
  expect(candidates.map(({ useCase }) => useCase)).toContain('ecr-docker-push');
  expect(here.readDenials(texts[2]!)).toMatchObject([{ operation: 'PutImage', action: undefined }]);
  expect(here.readDenials(texts[4]!)).toMatchObject([{ operation: 'RunTask', action: 'ecs:RunTask' }]);
});
