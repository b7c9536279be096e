import { join } from 'node:path';
import { StepFailure, type Stage } from '../../stage.js';

/** The plugins that a push and a pull do without; some of them look for things in the system. */
const disabled = [
  'io.containerd.grpc.v1.cri',
  'io.containerd.internal.v1.opt',
  'io.containerd.internal.v1.restart',
  'io.containerd.snapshotter.v1.btrfs',
  'io.containerd.snapshotter.v1.zfs',
  'io.containerd.snapshotter.v1.devmapper',
  'io.containerd.snapshotter.v1.aufs',
  'io.containerd.tracing.processor.v1.otlp',
];

const started = new WeakMap<Stage, Promise<void>>();

/** Runs `ctr` against a daemon of the run's own, which is started at its first use and ended with the stage. */
export async function ctr(stage: Stage, args: readonly string[]): Promise<string> {
  let daemon = started.get(stage);
  if (daemon === undefined) started.set(stage, (daemon = startDaemon(stage)));
  await daemon;
  return stage.succeed('ctr', ['--address', socketIn(stage), '--namespace', 'ci', ...args]);
}

/** A socket's path may have 108 characters. */
const socketIn = (stage: Stage) => join(stage.folder, 'c.sock');

async function startDaemon(stage: Stage): Promise<void> {
  const socket = socketIn(stage);
  const configuration = stage.write(
    'containerd.toml',
    [
      'version = 2',
      `root = ${JSON.stringify(join(stage.folder, 'containerd'))}`,
      `state = ${JSON.stringify(join(stage.folder, 'containerd-state'))}`,
      `disabled_plugins = ${JSON.stringify(disabled)}`,
      '[grpc]',
      `  address = ${JSON.stringify(socket)}`,
      '[ttrpc]',
      `  address = ${JSON.stringify(`${socket}.ttrpc`)}`,
      '',
    ].join('\n'),
  );
  const daemon = stage.start('containerd', ['--config', configuration, '--log-level', 'error']);
  let ended = false;
  void daemon.ended.then(() => (ended = true));
  for (let tries = 0; tries < 100 && !ended; tries += 1) {
    const { code } = await stage.run('ctr', ['--address', socket, 'version']);
    if (code === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { stderr } = ended ? await daemon.ended : { stderr: 'it does not answer' };
  throw new StepFailure(`containerd does not start: ${stderr.trim()}`);
}
