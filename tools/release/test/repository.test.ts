import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pinning, publishedNames, readManifests, withPins } from '../src/versions.js';

interface WorkflowStep {
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface WorkflowJob {
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly WorkflowStep[];
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

const folder = new URL('../../../.github/workflows/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const workflow = (name: string) => parse(read(name)) as Workflow;
const steps = (name: string) => Object.values(workflow(name).jobs).flatMap((job) => job.steps);
const runs = (name: string) => steps(name).flatMap(({ run }) => run ?? []);

describe.each(readdirSync(folder))('.github/workflows/%s', (name) => {
  test('every action is pinned by a whole commit, with its release beside it', () => {
    const lines = read(name)
      .split('\n')
      .filter((line) => /\buses:/.test(line));
    expect(lines).toHaveLength(steps(name).filter(({ uses }) => uses !== undefined).length);
    expect(lines.length).toBeGreaterThan(0);
    // `./` is this repository itself, at the commit that is checked out.
    const others = lines.filter((line) => !/uses: \.\/$/.test(line));
    expect(others.length).toBeGreaterThan(0);
    for (const line of others) expect(line).toMatch(/uses: [\w.-]+(?:\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('no script holds an expression, which GitHub would paste into it', () => {
    expect(runs(name).length).toBeGreaterThan(0);
    expect(runs(name).filter((run) => run.includes('${{'))).toEqual([]);
  });

  test('it may read, and a job says what it may do besides', () => {
    expect(workflow(name).permissions).toEqual({ contents: 'read' });
  });
});

test('one action is of one release everywhere', () => {
  const pins = readdirSync(folder).flatMap((name) => [...read(name).matchAll(/uses: (\S+)@(.*)/g)]);
  const releases = new Map<string, Set<string>>();
  for (const [, action, pin] of pins) releases.set(action!, (releases.get(action!) ?? new Set()).add(pin!));
  expect([...releases].filter(([, found]) => found.size > 1)).toEqual([]);
});

test('what is pushed runs what anybody runs on a fresh clone', () => {
  expect(workflow('ci.yml').jobs['everything']!.steps.flatMap(({ run }) => run ?? [])).toEqual([
    expect.stringMatching(/ \.ci\/run$/),
  ]);
});

test('the Action is used on each example, with its program built before', () => {
  const { examples } = workflow('ci.yml').jobs;
  expect(examples!.strategy!.matrix['example']).toEqual(readdirSync(new URL('../../../examples/', import.meta.url)));
  const scripts = examples!.steps.map(({ run, uses }) => run ?? uses);
  expect(scripts.at(-1)).toBe('./');
  expect(scripts).toContain('npx nx run-many -t build -p postern');
});

test.each(pinning)('%s runs this release, and the next one once that is cut', (path) => {
  const text = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const { version } = readManifests().get('apps/cli/package.json')!;
  expect(withPins(text, version!)).toBe(text);
  const next = withPins(text, '12.34.56');
  expect(next).toContain('12.34.56');
  expect(next).not.toContain(version);
});

describe('publishing', () => {
  const { test: tests, publish } = workflow('publish.yml').jobs;

  test('comes after the tests, says where the packages were built, and keeps its token out of scripts', () => {
    // A release is of what is proved, every entry.
    expect(tests!.steps.some(({ run }) => run?.endsWith(' POSTERN_PROVE=all .ci/run'))).toBe(true);
    expect(publish!.needs).toBe('test');
    const scripts = publish!.steps.flatMap(({ run }) => run ?? []);
    expect(scripts).toContain('npm run --silent release -- owners');
    expect(publish!.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(publish!.steps.at(-1)).toEqual({
      run: 'npm publish --workspaces --provenance --access public',
      env: { NODE_AUTH_TOKEN: '${{ secrets.NPM_TOKEN }}' },
    });
  });

  test('every package that is published names its folder', () => {
    const manifests = readManifests();
    const published = publishedNames(manifests);
    const named = [...manifests].filter(([, { name }]) => published.has(name!));
    expect(named.length).toBeGreaterThan(3);
    for (const [path, manifest] of named)
      expect(manifest, path).toMatchObject({
        repository: { type: 'git', directory: path.replace('/package.json', '') },
      });
  });
});
