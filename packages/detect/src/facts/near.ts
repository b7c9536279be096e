import { fileAt, type Files } from '../files.js';
import { fromCheckout } from '../jobs/checkout.js';
import { folderBelow } from '../jobs/job-run.js';
import type { NamedEvent } from '../match/names.js';
import { literal, onlyLiteral, settled, type Value } from '../values/value.js';

/** The file at a path as an event sees it: from the folder that it runs in. Undefined where the path is not known. */
export function fileNear(files: Files, { event }: NamedEvent, path: Value): ReturnType<typeof fileAt> {
  const known = onlyLiteral(settled(fromCheckout(path)));
  if (known === undefined || known === '') return undefined;
  const plain = known.replace(/^file:\/\//, '');
  const below = onlyLiteral(settled(folderBelow(event.directory, literal(plain))));
  return (below === undefined ? undefined : fileAt(files, below)) ?? fileAt(files, plain);
}

/** The value of an input of a step, or of a flag of a command; undefined where neither is there. */
export function givenTo(named: NamedEvent, input: string, ...flags: readonly string[]): Value | undefined {
  const { event } = named;
  if (event.kind === 'step') return event.inputs.get(input);
  const call = named.parsed([]);
  return flags.flatMap((flag) => call?.flags.get(flag) ?? [])[0];
}
