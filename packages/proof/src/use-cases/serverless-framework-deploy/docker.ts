import { chmodSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { CellOptions } from '../../scenario.js';
import type { RunSettings, Stage } from '../../stage.js';
import { createImage, layoutOf } from '../ecr-docker-push/image.js';

export const buildsImages = (options: CellOptions) => options.is('buildImages', true);

/** The repository that Serverless makes for images that it builds. */
export const repositoryOf = (options: CellOptions, stage: string) =>
  options.names('ownRepositories')[0] ?? `serverless-${options.name('service')}-${stage}`;

/**
 * In the place of docker: it has an image without building one, pushes it with crane where somebody has logged in, and asks for
 * the manifest first, as Docker 29 does.
 */
const script = `#!/bin/sh
cd "$HOME"
case "$1" in
  login) exec "$CRANE" auth login --username "$3" --password "$5" "\${6#https://}" ;;
  push)
    [ -f "$DOCKER_CONFIG/config.json" ] || { echo 'no basic auth credentials' >&2; exit 1; }
    "$CRANE" manifest "$2" > /dev/null 2> manifest.log || grep -q 'MANIFEST_UNKNOWN\\|NOT_FOUND\\|404' manifest.log || {
      cat manifest.log >&2
      exit 1
    }
    exec "$CRANE" push image "$2"
    ;;
esac
`;

/** Writes what stands in for docker, and says where it is. */
export function dockerOf(stage: Stage): RunSettings {
  for (const [path, bytes] of layoutOf(createImage(), 'latest')) stage.write(join('image', path), bytes);
  const program = stage.write('bin/docker', script);
  chmodSync(program, 0o755);
  const path = [dirname(program), process.env['PATH'] ?? ''].join(delimiter);
  return { env: { PATH: path, CRANE: stage.tools.crane!.path, DOCKER_CONFIG: join(stage.folder, '.docker') } };
}
