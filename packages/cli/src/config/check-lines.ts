import { quote } from '@postern/core';
import type { Found } from '@postern/detect';
import type { CheckReport } from './check-report.js';
import type { OpenedFile } from './open-file.js';
import { proposalsFor, unneededIn } from './propose.js';
import { blockOf } from './write-additions.js';

/** How the CI files and a `postern.yaml` that is there differ, as lines for a person; none where they do not. */
export function checkLines(found: Found, file: OpenedFile): string[] {
  const missing = proposalsFor(found, file.roles).flatMap((one) => blockOf(found, file, one));
  const spare = file.describe(
    unneededIn(found, file.roles).map(({ entry, path }) => ({
      path,
      message: `no job of the CI files is seen to need ${quote(entry.id)}`,
    })),
  );
  return [...(missing.length === 0 ? [] : [`The CI files say what ${file.name} does not:`, ...missing]), ...spare];
}

/** Whether neither says what the other does not. */
export function isSame({ missing, unneeded }: CheckReport): boolean {
  return missing.length + unneeded.length === 0;
}
