import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaults } from '../src/inputs.js';
import { action, entry, root } from './step.js';

test('the committed entry file is what its sources give; else run `npm run generate`', () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-bundle-'));
  try {
    const made = spawnSync(process.execPath, [join(root, 'apps/action/build.mjs'), join(folder, 'main.mjs')], {
      encoding: 'utf8',
    });
    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(entry, 'utf8')).toBe(readFileSync(join(folder, 'main.mjs'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('it is committed, runs with node24 and loads nothing but what Node has', () => {
  const { stdout } = spawnSync('git', ['ls-files', action.runs.main], { cwd: root, encoding: 'utf8' });
  expect(stdout).toBe(`${action.runs.main}\n`);
  expect(action.runs.using).toBe('node24');
  const loaded = [...readFileSync(entry, 'utf8').matchAll(/^import .* from "(.*)";$/gm)].map(([, name]) => name);
  expect(loaded.length).toBeGreaterThan(3);
  expect(loaded.filter((name) => !name!.startsWith('node:'))).toEqual([]);
});

test('action.yml names the inputs that are read, with their defaults', () => {
  const said = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default]));
  expect(said).toEqual({ ...defaults, token: '${{ github.token }}' });
});

test('the README has a row for each input and each output, and its example is a workflow that gives what the action needs', () => {
  const readme = readFileSync(join(root, 'apps/action/README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| `([\w-]+)` /gm)].map(([, name]) => name);
  expect(rows).toEqual([...Object.keys(action.inputs), ...Object.keys(action.outputs)]);
  const [, text = ''] = /```yaml\n(.*?)```/s.exec(readme) ?? [];
  const workflow = parse(text) as {
    permissions: object;
    jobs: { postern: { steps: { uses: string; with?: object }[] } };
  };
  expect(workflow.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
  expect(workflow.jobs.postern.steps.map(({ uses }) => uses)).toEqual(['actions/checkout@v4', 'OWNER/REPO@action-v1']);
});
