import { join } from 'node:path';
import type { Program, ProgramSettings } from '../program.js';
import { aboutTool, type FoundTools, type ProgramName } from '../tools.js';
import { openWarmClient, type WarmClient } from './warm-client.js';

/** Clients that are loaded once and forked for each command, each from its first command on. */
export interface WarmClients {
  /** Starts a command of a client; undefined where it is to be started as usual. */
  start(name: ProgramName, args: readonly string[], settings: ProgramSettings): Promise<Program | undefined>;
  /** Why clients that could have been loaded once were not. */
  readonly refused: ReadonlyMap<ProgramName, string>;
  /** Those that were. */
  readonly served: ReadonlySet<ProgramName>;
  close(): Promise<void>;
}

/** What Python reads when it starts: a command that sets it is started as usual. */
const readAtStart = /^(PYTHON|LC_|LANG|TZ$|LD_)/;

/** @param folder where they may make folders of their own */
export function openWarmClients(tools: FoundTools, folder: string): WarmClients {
  const clients = new Map<ProgramName, Promise<WarmClient | undefined>>();
  const refused = new Map<ProgramName, string>();
  const served = new Set<ProgramName>();
  let closed = false;

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
