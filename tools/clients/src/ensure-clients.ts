import {
  aboutTool,
  clientsFolder,
  describeOrigin,
  findTools,
  pinnedVersion,
  toolNames,
  toolVariable,
  type FoundTool,
  type ProgramName,
} from '@postern/proof/clients';
import { install } from './install.js';
import { InstallFailure } from './run-program.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ClientsWanted {
  /** The clients that are wanted; all by default. */
  readonly names?: readonly ProgramName[];
  /** Only looks. */
  readonly check: boolean;
  readonly env: Environment;
  /** Told what is about to be done, since a build takes minutes. */
  readonly onProgress: (line: string) => void;
}

export interface Client {
  readonly name: ProgramName;
  readonly found: FoundTool | undefined;
  readonly from: string;
  /** Why it is not there. */
  readonly problem: string | undefined;
}

/** Looks for the clients and installs what is missing, one after the other; one that cannot be had stops no other. */
export async function ensureClients({ names = toolNames, check, env, onProgress }: ClientsWanted): Promise<Client[]> {
  const problems = new Map<ProgramName, string>();
  let found = await findTools({}, env);
  const missing = check ? [] : names.filter((name) => found[name] === undefined);
  for (const name of missing) {
    const { origin } = aboutTool(name);
    if (origin.kind === 'vendor' && origin.instead !== undefined) continue;
    // Two clients may come in one package.
    if (origin.kind === 'debian' && (await findTools({}, env))[name] !== undefined) continue;
    onProgress(`installing ${name}: ${describeOrigin(origin)}`);
    try {
      await install(name, env);
    } catch (error) {
      if (!(error instanceof InstallFailure)) throw error;
      problems.set(name, error.message);
    }
  }
  if (missing.length > 0) found = await findTools({}, env);
  return names.map((name) => {
    const one = found[name];
    return { name, found: one, from: describeFrom(name, one, env), problem: one ? undefined : problemOf(name) };
  });

  function problemOf(name: ProgramName): string {
    const given = env[toolVariable(name)];
    if (given !== undefined && given !== '')
      return `${toolVariable(name)} names \`${given}\`, which is no ${name} of a release that stands for it: unset it, or name another`;
    return problems.get(name) ?? 'missing: run `npm run clients`';
  }
}

function describeFrom(name: ProgramName, found: FoundTool | undefined, env: Environment): string {
  const { origin } = aboutTool(name);
  if (found === undefined) return describeOrigin(origin);
  if (found.path.startsWith(`${clientsFolder(env)}/`)) return describeOrigin(origin);
  if (origin.kind === 'debian' && found.path.startsWith('/usr/')) return describeOrigin(origin);
  const pinned = pinnedVersion(origin);
  return pinned === undefined || pinned === found.version ? 'this machine' : `this machine (pinned: ${pinned})`;
}
