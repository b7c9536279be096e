import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArn, quote, type DocumentSource, type PolicyDocument } from '@postern/core';
import { InputError, type Io } from '@postern/cli';
import { environmentFor } from '../prove/stage.js';
import { startSandbox, type Sandbox } from '../server/sandbox.js';
import type { Place } from '../world/world.js';
import type { RunFlags } from './commands.js';
import { interruptible } from './interrupt.js';

/** A program that ran against a sandbox. */
export interface ProgramRun {
  readonly exitCode: number;
  readonly sandbox: Pick<Sandbox, 'log' | 'refusedHosts' | 'place'>;
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
  const place = placeOf(flags, policies === 'everything' ? [] : policies);
  const folder = mkdtempSync(join(tmpdir(), 'postern-sandbox-'));
  const sandbox = await startSandbox({ place, assumeExisting: flags.empty !== true });
  return interruptible(async (onOpen) => {
    let kill: () => Promise<void> = () => Promise.resolve();
    const close = async () => {
      await kill();
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
      };
      const exitCode = await new Promise<number>((resolve, reject) => {
        const child = spawn(command[0]!, command.slice(1), {
          stdio: ['inherit', aside ? 2 : 'inherit', 'inherit'],
          env: environment,
        });
        const gone = new Promise<void>((done) => child.on('exit', () => done()));
        kill = async () => {
          if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
          child.kill('SIGKILL');
          await gone;
        };
        child.on('error', (error: NodeJS.ErrnoException) =>
          reject(
            new InputError([
              `${quote(command[0])} cannot be run: ${error.code === 'ENOENT' ? 'there is no such program, check the name' : error.message}`,
            ]),
          ),
        );
        child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 137)));
      });
      return { exitCode, sandbox: { log: sandbox.log, refusedHosts: sandbox.refusedHosts, place } };
    } finally {
      await close();
    }
  });
}

/** The user's environment without what would lead to another account or endpoint. */
function withoutAws(env: Io['env']): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^AWS_|^(HTTPS?|ALL)_PROXY$/i.test(entry[0]),
  );
  return Object.fromEntries(kept);
}

/** The place that flags give, else the one the policies are for. */
function placeOf({ account, region }: RunFlags, policies: readonly DocumentSource[]): Place {
  const problems = [
    ...(account !== undefined && !/^[0-9]{12}$/.test(account)
      ? [`--account: ${quote(account)} is no account id: write 12 digits`]
      : []),
    ...(region !== undefined && !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)
      ? [`--region: ${quote(region)} is no region, such as \`eu-west-1\``]
      : []),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const arns = policies.flatMap(resourcesOf).flatMap((text) => parseArn(text) ?? []);
  return {
    account: account ?? arns.find((arn) => /^[0-9]{12}$/.test(arn.account))?.account ?? '123456789012',
    region: region ?? arns.find((arn) => /^[a-z-]+-\d+$/.test(arn.region))?.region ?? 'eu-west-1',
  };
}

function resourcesOf(policy: DocumentSource): string[] {
  const { Statement } = policy as Partial<PolicyDocument>;
  return [Statement ?? []].flat().flatMap((statement) => [statement.Resource ?? []].flat().map(String));
}
