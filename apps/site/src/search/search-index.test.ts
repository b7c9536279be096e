import { describe, expect, test } from 'vitest';
import type { Findable } from './found.js';
import { indexOf, readIndex } from './search-index.js';

const things: readonly Findable[] = [
  {
    path: 'jobs/push.html',
    is: 'job',
    title: 'Push Docker images to ECR',
    about: 'Log in and push.',
    words: 'ecr-docker-push',
  },
  {
    path: 'jobs/push.html#permissions',
    is: 'action',
    title: 'ecr:BatchGetImage',
    about: 'ecr-docker-push: asks for the manifest',
  },
  {
    path: 'jobs/site.html',
    is: 'job',
    title: 'Publish a site',
    about: 'Copies files to a bucket.',
    words: 's3:PutObject',
  },
  {
    path: 'docs/proofs.html',
    is: 'documentation',
    title: 'How proofs work',
    about: 'What is run',
    words: 'the sandbox asks the policy',
  },
];
// As it comes back from the file of the build.
const search = readIndex(JSON.parse(JSON.stringify(indexOf(things))) as ReturnType<typeof indexOf>);
const pathsOf = (text: string) => search(text).found.map(({ path }) => path);

describe('what is found', () => {
  test.each([
    ['ecr:BatchGetImage', 'jobs/push.html#permissions'],
    ['batchgetimage', 'jobs/push.html#permissions'],
    ['manifest', 'jobs/push.html#permissions'],
    ['GetImage', 'jobs/push.html#permissions'],
    ['docker pus', 'jobs/push.html'],
    ['ecr-docker-push', 'jobs/push.html'],
    ['sandbx', 'docs/proofs.html'],
    ['bucket', 'jobs/site.html'],
  ])('for %j the first is %s', (text, path) => {
    expect(pathsOf(text)[0]).toBe(path);
  });

  test('has all the words, and where nothing has, it is said that what is shown has some', () => {
    expect(search('push ecr')).toMatchObject({ isPartly: false });
    expect(pathsOf('push bucket')).toContain('jobs/site.html');
    expect(search('push bucket').isPartly).toBe(true);
  });

  test.each([
    '',
    '   ',
    'zzzzqqq',
    '__proto__',
    'constructor',
    'toString',
    '<img src=x onerror=alert(1)>',
    '\u202E',
    '"',
    '***',
    '\\',
  ])('is nothing for %j', (text) => {
    expect(search(text)).toEqual({ found: [], isPartly: false });
  });
});

test('of a long text no more than its beginning is searched for', () => {
  expect(pathsOf(`${'zzzzqqq '.repeat(15)}docker`)).toContain('jobs/push.html');
  expect(pathsOf(`${'zzzzqqq '.repeat(16)}docker`)).toEqual([]);
  expect(pathsOf(`${'z'.repeat(200)} docker`)).toEqual([]);
  const before = performance.now();
  search('docker push ecr manifest '.repeat(40_000));
  expect(performance.now() - before).toBeLessThan(1000);
});
