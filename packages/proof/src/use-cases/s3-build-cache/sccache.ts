import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { dirname, join } from 'node:path';
import type { CellOptions, Step } from '../../scenario.js';
import { errorOf, StepFailure, type RunSettings, type Stage } from '../../stage.js';
import { bucketIn, bucketOf, prefixesOf, writes } from './cache.js';

const socketIn = (stage: Stage) => join(stage.folder, 'scc.sock');

function settings(stage: Stage, options: CellOptions): RunSettings {
  const [prefix = ''] = prefixesOf(options);
  const compiler = dirname(stage.tools.gcc?.path ?? '');
  return {
    env: {
      PATH: `${compiler}:${stage.environment['PATH']}`,
      SCCACHE_BUCKET: bucketOf(options),
      SCCACHE_REGION: options.region,
      SCCACHE_S3_KEY_PREFIX: prefix.replace(/\/$/, ''),
      SCCACHE_S3_USE_SSL: 'true',
      SCCACHE_S3_RW_MODE: writes(options) ? 'READ_WRITE' : 'READ_ONLY',
      SCCACHE_SERVER_UDS: socketIn(stage),
      SCCACHE_CACHED_CONF: join(stage.folder, 'sccache.conf'),
    },
  };
}

/** The server reads and writes its check object, then what it compiles; a client talks to it through a socket. */
export function sccacheSteps(options: CellOptions): Step[] {
  return [
    {
      name: 'start the server, compile, and stop it',
      tool: 'sccache',
      starts: ['gcc'],
      run: async (stage) => {
        const given = settings(stage, options);
        const alone = { env: { ...given.env, SCCACHE_START_SERVER: '1', SCCACHE_NO_DAEMON: '1' } };
        const server = stage.start('sccache', [], alone);
        let ended = false;
        void server.ended.then(() => (ended = true));
        for (let tries = 0; tries < 200 && !ended && !existsSync(socketIn(stage)); tries += 1) await wait(50);
        if (ended) throw new StepFailure(errorOf(await server.ended));
        stage.write('source.c', 'int next(int one) { return one + 1; }\n');
        await stage.succeed('sccache', [stage.tools.gcc!.path, '-c', 'source.c', '-o', 'source.o'], given);
        await stage.succeed('sccache', ['--stop-server'], given);
        await server.ended;
        const [prefix = ''] = prefixesOf(options);
        const written = [...bucketIn(stage, options).objects.keys()].filter((key) =>
          /^(.\/){3}/.test(key.slice(prefix.length)),
        );
        if (written.length !== (writes(options) ? 1 : 0))
          throw new StepFailure(`${written.length} objects were written`);
      },
    },
  ];
}
