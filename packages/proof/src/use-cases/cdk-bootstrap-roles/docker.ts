import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { createImage, layoutOf } from '../ecr-docker-push/image.js';
import type { CellOptions } from '../../scenario.js';
import type { RunSettings, Stage } from '../../stage.js';

/** Docker 29 asks for the manifest before it pushes, and takes nothing but a missing one for an answer. */
const asksFirst = `    "$CRANE" manifest "$2" > /dev/null 2> manifest.log || grep -q 'MANIFEST_UNKNOWN\\|NOT_FOUND\\|404' manifest.log || {
      cat manifest.log >&2
      exit 1
    }
`;

/** In the place of docker: it logs in and pushes with crane, and has an image without building one. */
const script = (asks: boolean) => `#!/bin/sh
cd "$HOME"
case "$1" in
  login) exec "$CRANE" auth login --username "$3" --password-stdin "$5" ;;
  inspect) exit 1 ;;
  push)
${asks ? asksFirst : ''}    exec "$CRANE" push image "$2"
    ;;
esac
`;

/** Writes a docker that pushes an image of its own, and says where it is. */
export function dockerOf(stage: Stage, options: CellOptions): RunSettings {
  for (const [path, bytes] of layoutOf(createImage(), 'latest')) stage.write(join('image', path), bytes);
  const program = stage.write('docker', script(options.is('pushClient', 'any')));
  chmodSync(program, 0o755);
  return { env: { CDK_DOCKER: program, CRANE: stage.tools.crane!.path, DOCKER_CONFIG: join(stage.folder, '.docker') } };
}
