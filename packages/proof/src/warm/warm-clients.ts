import { join } from 'node:path';
import type { Program, ProgramSettings } from '../program.js';
import { aboutTool, type FoundTools, type ProgramName } from '../tools.js';
import { keepCode } from './kept-code.js';
import { openWarmClient, type WarmClient } from './warm-client.js';

/**
 * Clients that are sooner there: from their second command on those of Python, which are loaded once and forked for each command,
 * and those of Node, of which the compiled code is kept; and some of Go, which collect their memory later.
 */
export interface WarmClients {
  /** Starts a command of a client; undefined where it is to be started as usual. */
  start(name: ProgramName, args: readonly string[], settings: ProgramSettings): Promise<Program | undefined>;
  /** The environment of a command that is started as usual: with what makes Node keep the code, where that can be done, or Go collect later. */
  environmentOf(name: ProgramName, environment: ProgramSettings['env']): ProgramSettings['env'];
  /** Why clients for which something could have been done were started as usual. */
  readonly refused: ReadonlyMap<ProgramName, string>;
  /** Those that were loaded once. */
  readonly served: ReadonlySet<ProgramName>;
  /** Those whose code was kept. */
  readonly kept: ReadonlySet<ProgramName>;
  /** Those that collected their memory later. */
  readonly later: ReadonlySet<ProgramName>;
  close(): Promise<void>;
}

/** What Python reads when it starts: a command that sets it is started as usual. */
const readAtStart = /^(PYTHON|LC_|LANG|TZ$|LD_)/;

/** @param folder where they may make folders of their own */
export function openWarmClients(tools: FoundTools, folder: string): WarmClients {
  const clients = new Map<ProgramName, Promise<WarmClient | undefined>>();
  const refused = new Map<ProgramName, string>();
  const served = new Set<ProgramName>();
  const variables = new Map<ProgramName, Readonly<Record<string, string>>>();
  const kept = new Set<ProgramName>();
  const later = new Set<ProgramName>();
  let closed = false;

  function keep(name: ProgramName): Readonly<Record<string, string>> {
    const path = tools[name]?.path;
    if (path === undefined || aboutTool(name).keepsCode !== true) return {};
    try {
      const made = keepCode(path, join(folder, `code-of-${name}`));
      kept.add(name);
      return made;
    } catch (error) {
      if (!closed) refused.set(name, (error as Error).message);
      return {};
    }
  }

  async function open(
    name: ProgramName,
    trials: readonly (readonly string[])[],
    { env }: ProgramSettings,
  ): Promise<WarmClient | undefined> {
    const path = tools[name]?.path;
    if (path === undefined || process.platform === 'win32') return undefined;
    try {
      const client = await openWarmClient(path, trials, Object.keys(env), join(folder, `warm-${name}`));
      served.add(name);
      return client;
    } catch (error) {
      if (!closed) refused.set(name, (error as Error).message);
      return undefined;
    }
  }

  return {
    refused,
    served,
    kept,
    later,
    environmentOf(name, environment) {
      if (aboutTool(name).collectsLater === true && !('GOGC' in environment)) {
        later.add(name);
        return { ...environment, GOGC: '400' };
      }
      // What a command tells Node itself it does not share.
      if ('NODE_OPTIONS' in environment) return environment;
      const own = variables.get(name) ?? keep(name);
      variables.set(name, own);
      return { ...environment, ...own };
    },
    async start(name, args, settings) {
      const { loadsOnce } = aboutTool(name);
      if (closed || loadsOnce === undefined) return undefined;
      if (Object.keys(settings.env).some((one) => readAtStart.test(one))) return undefined;
      const opening = clients.get(name) ?? open(name, loadsOnce, settings);
      clients.set(name, opening);
      return (await opening)?.start(args, settings);
    },
    async close() {
      closed = true;
      await Promise.all([...clients.values()].map(async (client) => (await client)?.close()));
    },
  };
}
