import { join } from 'node:path';
import type { BuiltConfigRole } from '@postern/core';
import { printedAlone, printedTogether } from '../../config/printed-roles.js';
import type { Format } from '../../printing/format.js';

/** A file that is built. */
export interface BuiltFile {
  /** Its path in the folder. */
  readonly path: string;
  readonly text: string;
}

/** The files that roles are printed in: one an environment, and where a file holds one role, one a role. */
export function filesOf(built: readonly BuiltConfigRole[], { alone, extension, whole }: Format): BuiltFile[] {
  if (alone) {
    return built.map((one) => ({
      path: pathOf(one.given.environment, `${one.given.name}.${extension}`),
      text: whole(printedAlone(one)),
    }));
  }
  const environments = new Set(built.map(({ given }) => given.environment));
  return [...environments].map((environment) => ({
    path: pathOf(environment, `roles.${extension}`),
    text: whole(printedTogether(built.filter(({ given }) => given.environment === environment))),
  }));
}

function pathOf(environment: string | undefined, name: string): string {
  return environment === undefined ? name : join(environment, name);
}
