import {
  assume,
  parseArn,
  quote,
  readToken,
  type Assumption,
  type DocumentSource,
  type WebIdentity,
} from '@postern/core';
import { Finding, InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { readBounded } from '../../options/file.js';
import { readInput } from '../../policies/input.js';
import { examplePlace } from '../../policies/place.js';
import { plainJson, plainLine } from '../../reports/plain.js';
import type { AssumeFlags } from './flags.js';

/** Asks a trust policy about a token, and prints the answer. */
export async function assumeRole(policy: string, token: string, flags: AssumeFlags, io: Io): Promise<void> {
  const problems: string[] = [];
  const document = await attempt(problems, () => readTrust(policy, io));
  const identity = await attempt(problems, () => readIdentity(token, flags.issuer, io));
  const context = readContext(flags.context ?? [], problems);
  const role = flags.roleArn;
  if (role !== undefined && !/^role\/./.test(parseArn(role)?.resource ?? '')) {
    problems.push(
      `--role-arn: ${quote(role)} is no ARN of a role: give one such as \`arn:aws:iam::111122223333:role/ci\``,
    );
  }
  if (document === undefined || identity === undefined || problems.length > 0) throw new InputError(problems);
  const answer = ask(document, identity, { role, clientIds: flags.clientId, context }, policy);
  if (flags.json) {
    const { allowed, failed, reason } = answer;
    writeLine(io.stdout, plainJson({ allowed, failed, reason }));
  } else for (const line of linesOf(answer)) writeLine(io.stdout, plainLine(line));
  if (!answer.allowed) throw new Finding('the token is not let in');
}

/** Runs it and keeps its problems, so that all are told at once. */
async function attempt<T>(problems: string[], read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function ask(
  document: DocumentSource,
  identity: WebIdentity,
  settings: Parameters<typeof assume>[2],
  path: string,
): Assumption {
  try {
    return assume(document, identity, settings);
  } catch (error) {
    if (error instanceof RangeError) throw new InputError([`${labelOf(path)}: ${error.message}`]);
    throw error;
  }
}

function labelOf(path: string): string {
  return path === '-' ? 'standard input' : quote(path);
}

/** A trust policy alone, as IAM has it, in what `aws iam get-role` prints, or that of a role in a template, a plan or account details. */
async function readTrust(path: string, io: Io): Promise<DocumentSource> {
  const label = labelOf(path);
  const { documents } = await readInput(path, examplePlace, io, { takes: 'trust' });
  const [document, ...more] = documents;
  if (document === undefined || more.length > 0) {
    throw new InputError([`${label} holds ${documents.length} trust policies: give one`]);
  }
  return document;
}

async function readIdentity(path: string, issuer: string | undefined, io: Io): Promise<WebIdentity> {
  // What looks like a token is none of a file, and is never printed.
  if (/^eyJ[\w-]*=*\./.test(path)) {
    throw new InputError([
      '--token: this is a token, and `--token` names a file of it: write it to one, or pipe it in with `--token -`',
    ]);
  }
  const label = labelOf(path);
  const text = await readBounded(path, io, 1024 * 1024, 'no token is that long, give it alone');
  const { claims, problem } = readToken(text);
  if (problem !== undefined) throw new InputError([`${label}: ${problem}`]);
  const own = Object.hasOwn(claims, 'iss') ? claims['iss'] : undefined;
  const said = issuer ?? own;
  if (typeof said !== 'string' || said === '') {
    throw new InputError([`${label}: the token has no claim \`iss\`: give the issuer with \`--issuer\``]);
  }
  if (!/^https:\/\/[^\s/]+/.test(said) && said !== 'accounts.google.com') {
    throw new InputError([`the issuer ${quote(said)} is no URL with https: AWS takes no other`]);
  }
  return { issuer: said, claims };
}

function readContext(pairs: readonly string[], problems: string[]): Record<string, string> {
  const entries = pairs.flatMap((pair): [string, string][] => {
    const equals = pair.indexOf('=');
    if (equals > 0) return [[pair.slice(0, equals), pair.slice(equals + 1)]];
    problems.push(`--context: ${quote(pair)} is no key with a value: write it as \`aws:SourceIp=203.0.113.7\``);
    return [];
  });
  return Object.fromEntries(entries);
}

function linesOf({ allowed, causes, reason, failed, change, others }: Assumption): string[] {
  if (allowed) {
    return [`Let in: ${reason}.`, '', 'What else can refuse it:', ...others.map((text) => `  - ${text}`)];
  }
  const list = (texts: readonly string[]) => texts.slice(0, 6).map(quote).join(', ');
  return [
    'Not let in.',
    ...causes.map(({ says }) => `  - ${says}.`),
    ...(failed.length === 0 ? [] : ['', 'What fails:']),
    ...failed.map(({ statement, operator, key, wanted, found }) => {
      const has = found === null ? 'absent' : list([found].flat());
      const what = operator === key ? operator : `${operator} ${key}`;
      return `  Statement[${statement}] ${what}: wants ${list(wanted)}, the request has ${has}`;
    }),
    ...(change === null
      ? []
      : [
          '',
          'What would let exactly this token in:',
          ...change.steps.map((step) => `  - ${step}`),
          '',
          'What else that lets in:',
          ...change.alsoLetsIn.map((who) => `  - ${who}`),
        ]),
  ];
}
