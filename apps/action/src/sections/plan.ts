import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GitHubEvent } from '../event.js';
import type { ReportSection } from '../finding.js';
import type { Inputs } from '../inputs.js';
import { fromRoot, type WorkFolder } from '../place.js';
import { runProgram, type Ran } from '../program.js';
import { failure, notesOf, problemsOf } from './said.js';

const title = 'plan';

interface ReportedChange {
  readonly name: string;
  readonly environment: string | null;
  readonly change: 'new' | 'removed' | 'changed' | 'same';
  readonly trust: { readonly relation: string };
  readonly permissions: { readonly relation: string };
}

/** What `postern plan` says of the change that started the workflow. */
export async function planSection(
  inputs: Inputs,
  event: GitHubEvent,
  place: WorkFolder,
  postern: (args: readonly string[], cwd: string) => Promise<Ran>,
): Promise<ReportSection> {
  const since = inputs.since || event.base;
  if (since === undefined) {
    const sentence = `not run: the event \`${event.name}\` names no commit to compare with, name one with \`since\``;
    return { title, outcome: 'skipped', sentence, lines: [], findings: [] };
  }
  const lacking = inputs.since === '' ? await lackOf(since, place) : undefined;
  if (lacking !== undefined) return failed(lacking);
  const words = ['plan', '--since', since, ...(inputs.config === '' ? [] : ['--config', inputs.config])];
  const failOn = inputs.failOn === '' ? [] : ['--fail-on', inputs.failOn];
  const markdown = await postern([...words, '--markdown', ...failOn], place.folder);
  if (markdown.status !== 0 && markdown.status !== 1) return failure(title, markdown);
  const json = await postern([...words, '--json'], place.folder);
  if (json.status !== 0) return failure(title, json);
  const { roles } = JSON.parse(json.stdout) as { roles: ReportedChange[] };
  const changed = roles.filter(({ change }) => change !== 'same');
  const [said] = problemsOf(markdown);
  const file = configOf(inputs.config, place);
  const lines = changed.map(describe);
  return {
    title,
    outcome: markdown.status === 1 ? 'findings' : 'passed',
    sentence:
      said ??
      (changed.length === 0 ? 'every role is what it was' : `${changed.length} of ${roles.length} roles change`),
    lines: [...lines, ...notesOf(markdown)],
    ...(changed.length === 0 ? {} : { markdown: markdown.stdout }),
    findings: lines.map((message) => ({
      level: markdown.status === 1 ? 'warning' : 'notice',
      rule: title,
      message,
      file,
      line: 1,
    })),
  };
}

function failed(sentence: string): ReportSection {
  return {
    title,
    outcome: 'failed',
    sentence,
    lines: [],
    findings: [{ level: 'error', rule: title, message: sentence }],
  };
}

function describe({ change, environment, name, permissions, trust }: ReportedChange): string {
  const where = environment === null ? '' : ` in ${environment}`;
  return `${name}${where}: ${change}; trust ${trust.relation}, permissions ${permissions.relation}`;
}

/** The file that findings are shown at. */
function configOf(config: string, place: WorkFolder): string {
  const found = [config, 'postern.yaml', 'postern.yml', 'postern.json'].find(
    (name) => name !== '' && existsSync(join(place.folder, name)),
  );
  return fromRoot(place, found ?? 'postern.yaml');
}

/** Gets the commit where a shallow clone does not have it; what is said where that cannot be done. */
async function lackOf(commit: string, { folder }: WorkFolder): Promise<string | undefined> {
  const git = (...args: string[]) => runProgram('git', args, folder).catch(() => ({ status: -1 }));
  const has = async () => (await git('cat-file', '-e', `${commit}^{commit}`)).status === 0;
  if (await has()) return undefined;
  await git('fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--depth=1', 'origin', commit);
  if (await has()) return undefined;
  return `the commit \`${commit}\` that the change is compared with is not in this clone and cannot be fetched: give \`actions/checkout\` \`fetch-depth: 0\``;
}
