import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface PagesStep {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface PagesJob {
  readonly if?: string;
  readonly needs?: string;
  readonly environment?: { readonly name: string };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly PagesStep[];
}

interface PagesWorkflow {
  readonly on: Readonly<Record<string, { readonly branches?: readonly string[] } | null>>;
  readonly concurrency: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, PagesJob>>;
}

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const { on, concurrency, jobs } = parse(read('.github/workflows/pages.yml')) as PagesWorkflow;
const actionsOf = ({ steps }: PagesJob) => steps.flatMap(({ uses }) => uses?.replace(/@.*/, '') ?? []);

describe('the workflow for GitHub Pages', () => {
  test('runs for what is on main and for nothing that somebody else pushes', () => {
    expect(on).toEqual({ push: { branches: ['main'] }, workflow_dispatch: null });
    expect(jobs['build']!.if).toBe("vars.PAGES == 'true' || github.event_name == 'workflow_dispatch'");
    expect(concurrency).toEqual({ group: 'pages', 'cancel-in-progress': false });
  });

  test('builds as the README of the site says, and uploads the folder that the build makes', () => {
    const { steps, permissions } = jobs['build']!;
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual(['npm ci', 'npx nx build site']);
    expect(read('apps/site/README.md')).toMatch(/^npx nx build site .*apps\/site\/dist/m);
    expect(steps.at(-1)?.with).toEqual({ path: 'apps/site/dist' });
    expect(steps[0]?.with).toEqual({ 'persist-credentials': false });
    expect(steps.some((step) => step.with?.['cache'] !== undefined)).toBe(false);
    // What the workflow as a whole may do is enough to build.
    expect(permissions).toBeUndefined();
    expect(actionsOf(jobs['build']!).at(-1)).toBe('actions/upload-pages-artifact');
  });

  test('only the job that publishes may, and it runs nothing of this repository', () => {
    const { steps, permissions, needs, environment } = jobs['deploy']!;
    expect(permissions).toEqual({ pages: 'write', 'id-token': 'write' });
    expect(environment?.name).toBe('github-pages');
    expect(needs).toBe('build');
    expect(actionsOf(jobs['deploy']!)).toEqual(['actions/deploy-pages']);
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual([]);
    expect(Object.keys(jobs)).toEqual(['build', 'deploy']);
  });
});
