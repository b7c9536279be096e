import { readFileSync, statSync } from 'node:fs';
import { ActionInputError } from './input-error.js';

/** What started the workflow, as far as it matters here. */
export interface GitHubEvent {
  readonly name: string;
  readonly pullRequest?: {
    readonly number: number;
    /** Whether the token of the job may only read, as for code of a fork. */
    readonly readOnly: false | string;
  };
  /** The commit that what is new is compared with. */
  readonly base?: string;
}

/** GitHub's own limit for what it sends is 25 MB. */
const largest = 32 * 1024 * 1024;

/**
 * Reads the event of the workflow.
 * @throws {ActionInputError} where its file cannot be read
 */
export function readEvent(env: Readonly<Record<string, string | undefined>>): GitHubEvent {
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  const payload = readPayload(env['GITHUB_EVENT_PATH']);
  const base = baseOf(payload);
  const pull = member(payload, 'pull_request');
  const number = member(pull, 'number');
  return {
    name,
    ...(base === undefined ? {} : { base }),
    ...(typeof number === 'number' && Number.isSafeInteger(number) && number > 0
      ? { pullRequest: { number, readOnly: readOnly(name, payload, env['GITHUB_ACTOR']) } }
      : {}),
  };
}

function readPayload(path: string | undefined): unknown {
  if (path === undefined || path === '') return undefined;
  try {
    if (statSync(path).size > largest) throw new Error('it is larger than 32 MiB');
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new ActionInputError([`the event in \`${path}\` cannot be read: ${(error as Error).message.split('\n')[0]}`]);
  }
}

/** With `pull_request_target` the workflow is that of the base, and its token may write. */
function readOnly(name: string, payload: unknown, actor: string | undefined): false | string {
  if (name === 'pull_request_target') return false;
  const pull = member(payload, 'pull_request');
  const head = member(member(member(pull, 'head'), 'repo'), 'full_name');
  const own =
    member(member(member(pull, 'base'), 'repo'), 'full_name') ?? member(member(payload, 'repository'), 'full_name');
  if (typeof head !== 'string' || head !== own) return 'the pull request comes from a fork';
  return actor === 'dependabot[bot]' ? 'the pull request is one of Dependabot' : false;
}

function baseOf(payload: unknown): string | undefined {
  const candidates = [
    member(member(member(payload, 'pull_request'), 'base'), 'sha'),
    member(member(payload, 'merge_group'), 'base_sha'),
    member(payload, 'before'),
  ];
  return candidates.find(
    (one): one is string => typeof one === 'string' && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(one) && !/^0+$/.test(one),
  );
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
