import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { useCases } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { trustIds } from '../src/trust.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const programs = {
  'the sources': ['--conditions=@postern/source', '--import', 'tsx', 'tools/prove/src/main.ts'],
  'the bundle': ['tools/prove/tmp/main.js'],
};

/** Without a client, entries are loaded and their evidence is looked at, and nothing is run. */
const prove = (program: readonly string[], ...args: string[]) => {
  const nowhere = `${root}nowhere`;
  const env = { PATH: nowhere, HOME: nowhere };
  return spawnSync(process.execPath, [...program, ...args], { cwd: root, env, encoding: 'utf8' });
};

test('it is made before: `nx bundle @postern/prove`', () => {
  expect(existsSync(`${root}tools/prove/tmp/main.js`)).toBe(true);
});

describe.each(Object.entries(programs))('%s', (_, program) => {
  test('knows every trust entry with its cases', () => {
    const { status, stderr } = prove(program, ...trustIds);
    const missing = 'not run whole: boto3, aws, aws-1 missing: `npm run clients`';
    expect(stderr.trim().split('\n')).toEqual(trustIds.flatMap((id) => [`proving ${id}`, missing]));
    expect(status).toBe(0);
  });

  test('knows the use cases, and says which there are', () => {
    const { status, stderr } = prove(program, 'nosuch');
    const all = useCases.map(({ id }) => `\`${id}\``).join(', ');
    expect(stderr).toContain(`\`nosuch\` is no use case: choose one of ${all}`);
    expect(status).toBe(1);
  });
});
