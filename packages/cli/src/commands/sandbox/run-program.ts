import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArn, quote, type DocumentSource, type PolicyDocument } from '@postern/core';
import {
  addAlias,
  environmentFor,
  exitCodeOf,
  populate,
  problemsOfAlias,
  problemsOfWorld,
  startGroup,
  startSandbox,
  type AccountPlace,
  type DescribedWorld,
  type ProcessGroup,
  type Sandbox,
} from '@postern/sandbox';
import { InputError } from '../../errors.js';
import { interruptible, type Closing } from '../../interrupt.js';
import type { Io } from '../../io.js';
import { readOptionsFile } from '../../options/file.js';
import { outputProblems } from '../../output.js';
import type { RunFlags } from './flags.js';

/** How long a program may clean up after a signal, in milliseconds. */
const timeToCleanUp = 10_000;

/** A program that ran against a sandbox. */
export interface ProgramRun {
  readonly exitCode: number;
  readonly sandbox: Pick<Sandbox, 'log' | 'refusedHosts' | 'place'> & { readonly assumed: ReadonlyMap<string, string> };
}

/**
 * Runs a program whose calls to AWS end in a sandbox; its input and output are the terminal's.
 * @param aside whether what it prints goes to standard error, since standard output is for something else
 */
export async function runProgram(
  command: readonly string[],
  flags: RunFlags,
  policies: readonly DocumentSource[] | 'everything',
  io: Io,
  aside = false,
): Promise<ProgramRun> {
  // What ran for an hour and has no place to be written to is lost.
  const problems = [...outputProblems(flags.output), ...outputProblems(flags.report)];
  if (problems.length > 0) throw new InputError(problems);
  const place = placeOf(flags, policies === 'everything' ? [] : policies, io.env);
  const aliases = aliasesOf(flags);
  const described = flags.world === undefined ? {} : await readWorld(flags.world, io);
  const folder = mkdtempSync(join(tmpdir(), 'postern-sandbox-'));
  // What asks questions at a terminal must be in its foreground.
  const foreground = process.stdin.isTTY === true;
  const sandbox = await startSandbox({ place, assumeExisting: flags.empty !== true });
  await populate(sandbox.world, described);
  for (const [alias, key] of aliases) addAlias(sandbox.world, alias, key);
  return interruptible(async (onOpen) => {
    let group: ProcessGroup | undefined;
    let closing: Promise<void> | undefined;
    const close = (how: Closing) => (how.atOnce ? end(how) : (closing ??= end(how)));
    const end = async ({ signal, atOnce }: Closing) => {
      // The sandbox serves on while the program cleans up: terraform gives its lock back.
      if (atOnce) await group?.end('SIGKILL', 0);
      else if (signal !== undefined) await group?.end(signal, timeToCleanUp, foreground && signal === 'SIGINT');
      else await group?.end('SIGTERM', 1000);
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    };
    onOpen(close);
    try {
      const kind = flags.user === undefined ? 'role' : 'user';
      const credentials = sandbox.principals.add({ policies, kind, name: flags.user ?? 'ci' });
      const certificateFile = join(folder, 'certificate-authority.pem');
      writeFileSync(certificateFile, (await sandbox.authority()).certificate);
      const environment = {
        ...withoutAws(io.env),
        ...environmentFor(sandbox, credentials, certificateFile),
        // For clients that know no proxy, such as the SDK for JavaScript.
        AWS_ENDPOINT_URL: sandbox.endpoint,
        // Else botocore puts a part of some services' host names in front of it.
        AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
        // Clients in Go put a bucket with dots in front of that address, a name that only a proxy finds.
        HTTP_PROXY: sandbox.proxy,
        http_proxy: sandbox.proxy,
        // AssumeRoleWithWebIdentity is signed by nobody.
        AWS_ENDPOINT_URL_STS: sandbox.trustedEndpoint,
      };
      group = startGroup(command[0]!, command.slice(1), {
        stdio: ['inherit', aside ? 2 : 'inherit', 'inherit'],
        env: environment,
        foreground,
      });
      const ending = await group.exited;
      if (ending.error !== undefined)
        throw new InputError([`${quote(command[0])} cannot be run: ${reasonOf(ending.error)}`]);
      const exitCode = exitCodeOf(ending);
      return {
        exitCode,
        sandbox: { log: sandbox.log, refusedHosts: sandbox.refusedHosts, place, assumed: sandbox.world.assumed },
      };
    } finally {
      await close({ signal: undefined, atOnce: false });
    }
  });
}

/** Why a program could not be started. */
function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such program, check the name';
    case 'ERR_INVALID_ARG_VALUE':
      return 'an empty name is no program, write one';
    case 'ENAMETOOLONG':
      return 'the name is too long to be one of a program, check it';
    case 'EACCES':
      return 'it is no file that may be executed, see `ls -l`';
    case 'E2BIG':
      return 'its arguments and environment are larger than the system takes, give fewer';
    default:
      return message;
  }
}

/** The user's environment without what would lead to another account or endpoint. */
function withoutAws(env: Io['env']): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^AWS_|^(HTTPS?|ALL)_PROXY$/i.test(entry[0]),
  );
  return Object.fromEntries(kept);
}

/** What a file says exists. */
async function readWorld(path: string, io: Io): Promise<DescribedWorld> {
  const world = await readOptionsFile(path, io);
  const problems = problemsOfWorld(world);
  if (problems.length > 0) throw new InputError(problems.map((problem) => `--world: ${problem}`));
  return world;
}

/** Aliases and their keys, each given as `alias/NAME=KEY`. */
function aliasesOf({ kmsAlias = [] }: RunFlags): [string, string][] {
  const pairs = kmsAlias.map((text): [string, string] => {
    const at = text.indexOf('=');
    return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  });
  const problems = pairs.flatMap(([alias, key], index) =>
    key === ''
      ? [`${quote(kmsAlias[index])} is no alias with its key: write \`alias/NAME=KEY\``]
      : problemsOfAlias(alias, key),
  );
  if (problems.length > 0) throw new InputError(problems.map((problem) => `--kms-alias: ${problem}`));
  return pairs;
}

const regionForm = /^[a-z]{2,}(-[a-z]+)+-\d+$/;
const accountForm = /^[0-9]{12}$/;

/** The place that flags give, else the one the policies are for, else the one the environment names. */
function placeOf({ account, region }: RunFlags, policies: readonly DocumentSource[], env: Io['env']): AccountPlace {
  const problems = [
    ...(account !== undefined && !accountForm.test(account)
      ? [`--account: ${quote(account)} is no account id: write 12 digits`]
      : []),
    ...(region !== undefined && !regionForm.test(region)
      ? [`--region: ${quote(region)} is no region, such as \`eu-west-1\``]
      : []),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const arns = policies.flatMap(resourcesOf).flatMap((text) => parseArn(text) ?? []);
  return {
    account:
      account ??
      arns.find((arn) => accountForm.test(arn.account))?.account ??
      [env['AWS_ACCOUNT_ID']].find((one) => one !== undefined && accountForm.test(one)) ??
      '123456789012',
    region:
      region ??
      arns.find((arn) => regionForm.test(arn.region))?.region ??
      [env['AWS_REGION'], env['AWS_DEFAULT_REGION']].find((one) => one !== undefined && regionForm.test(one)) ??
      'eu-west-1',
  };
}

function resourcesOf(policy: DocumentSource): string[] {
  const { Statement } = policy as Partial<PolicyDocument>;
  return [Statement ?? []].flat().flatMap((statement) => [statement.Resource ?? []].flat().map(String));
}
