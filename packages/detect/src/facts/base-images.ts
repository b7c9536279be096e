import type { Files } from '../files.js';
import { folderBelow } from '../jobs/job-run.js';
import { readImage } from '../forms/image.js';
import type { NamedEvent } from '../match/names.js';
import type { SignFields } from '../match/source.js';
import { concat, literal, oneOf, onlyLiteral, unknown, withDefault, type Value } from '../values/value.js';
import { fileNear, givenTo } from './near.js';

/**
 * The images of private ECR that a Dockerfile begins from, or copies from, which a build pulls.
 * @returns `no` where it names none, or is not in the repository
 * @see https://docs.docker.com/reference/dockerfile/#from
 */
export function baseImages(files: Files, named: NamedEvent): SignFields | 'no' {
  const own = givenTo(named, 'file', '-f', '--file');
  const file = fileNear(files, named, own ?? folderBelow(contextOf(named), literal('Dockerfile')));
  if (file === undefined || file.text.length > longest) return 'no';
  const images = imagesIn(file.text).filter((image) => image.some((text) => readImage(text).registry === 'ecr'));
  return images.length === 0 ? 'no' : new Map([['images', oneOf(images)]]);
}

const longest = 500_000;
const switches = ['--push', '--pull', '--no-cache', '--load', '--rm', '-q', '--quiet', '--force-rm', '--squash'];

/** The folder that is built: the last word of the command, or an input. */
function contextOf(named: NamedEvent): Value {
  const { event } = named;
  if (event.kind === 'step') return event.inputs.get('context') ?? literal('.');
  const last = named.parsed(switches)?.words.at(-1);
  return last === undefined || onlyLiteral(last) === 'build' ? literal('.') : last;
}

/** What a Dockerfile takes from images: `FROM image` and `COPY --from=image`, with the defaults of its arguments. */
function imagesIn(text: string): Value[] {
  const given = new Map<string, Value>();
  const stages = new Set<string>();
  const found: Value[] = [];
  for (const line of text.replace(/\\\r?\n/g, ' ').split('\n')) {
    const [word = '', ...rest] = line.trim().split(/\s+/);
    const keyword = word.toUpperCase();
    const named = rest.filter((one) => !one.startsWith('--'));
    const argument = rest[0]?.split('=') ?? [];
    if (keyword === 'ARG' && argument[0] !== undefined) {
      const [name, ...value] = argument;
      const written = value.join('=').replace(/^(["'])(.*)\1$/, '$2');
      given.set(name, value.length === 0 ? unknown(name) : withDefault(filled(written, given), name));
    }
    if (keyword === 'FROM' && named[0] !== undefined) {
      if (!stages.has(named[0])) found.push(filled(named[0], given));
      if (named[1]?.toUpperCase() === 'AS' && named[2] !== undefined) stages.add(named[2]);
    }
    const from = rest.find((one) => one.startsWith('--from='))?.slice('--from='.length);
    if (keyword === 'COPY' && from !== undefined && !stages.has(from)) found.push(filled(from, given));
  }
  return found;
}

/** A text with `$NAME` and `${NAME}` in it. */
function filled(text: string, given: ReadonlyMap<string, Value>): Value {
  return concat(
    text.split(/(\$\{?[A-Za-z_][A-Za-z0-9_]*\}?)/).map((piece) => {
      const name = /^\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?$/.exec(piece)?.[1];
      return name === undefined ? literal(piece) : (given.get(name) ?? unknown(name));
    }),
  );
}
