import type { Shell, ShellCall } from '../shell/follow.js';
import {
  concat,
  empty,
  literal,
  literalOf,
  mapTexts,
  onlyLiteral,
  originsOf,
  pattern,
  splitText,
  cutAt,
  type Text,
  type Value,
} from '../values/value.js';
import { beginsInCheckout, folderOfText, fromCheckout, inCheckout, writtenFile } from './checkout.js';
import { folderBelow, type JobRun } from './job-run.js';

/** Runs what a shell does itself: `done`, or what it prints; undefined where it is another program. */
export function runBuiltin(run: JobRun, call: ShellCall, shell: Shell): Value | 'done' | undefined {
  const name = onlyLiteral(call.words[0]!);
  const rest = call.words.slice(1);
  switch (name) {
    case 'cd':
    case 'pushd':
      run.state.directory = folderOfChange(run, rest);
      return 'done';
    case 'popd':
      return 'done';
    case 'echo': {
      const text = concat(
        rest.filter((word) => !isOptionOfEcho(word)).flatMap((word, at) => (at === 0 ? [word] : [literal(' '), word])),
      );
      writeVariables(run, call, text);
      writeFile(run, call.writesTo, text);
      return text;
    }
    case 'printf': {
      const text = printed(rest);
      writeVariables(run, call, text);
      writeFile(run, call.writesTo, text);
      return text;
    }
    case 'cat':
    case 'tee': {
      if (call.given === undefined) return name === 'cat' ? 'done' : undefined;
      const writesTo = call.writesTo ?? rest.find((word) => !onlyLiteral(word)?.startsWith('-'));
      writeVariables(run, { ...call, writesTo }, call.given);
      writeFile(run, writesTo, call.given);
      return 'done';
    }
    case 'eval': {
      const text = concat(rest.flatMap((word, at) => (at === 0 ? [word] : [literal(' '), word])));
      for (const script of text) if (script.some((part) => typeof part === 'string')) followWords(script, call, shell);
      return 'done';
    }
    case 'pwd':
      return inCheckout(run.state.directory);
    case 'dirname': {
      const path = rest.find((word) => onlyLiteral(word) !== '--') ?? empty;
      return mapTexts(path, folderOfText, `dirname ${path.map(pattern).join(' ')}`);
    }
    case 'realpath':
    case 'readlink': {
      const path = rest.find((word) => onlyLiteral(word)?.startsWith('-') !== true);
      return path === undefined ? undefined : placeOf(run, path);
    }
    case 'git':
      return rest.map(onlyLiteral).join(' ') === 'rev-parse --show-toplevel' ? inCheckout(empty) : undefined;
    case 'basename': {
      const path = rest[0] ?? empty;
      const suffix = (rest[1] === undefined ? undefined : onlyLiteral(rest[1])) ?? '';
      return mapTexts(path, (text) => lastOf(text, suffix), `basename ${path.map(pattern).join(' ')}`);
    }
    case 'read':
    case 'unset':
      for (const word of rest) {
        const variable = onlyLiteral(word);
        if (variable !== undefined) run.state.variables.delete(variable);
      }
      return 'done';
    case ':':
    case 'true':
    case 'false':
    case 'exit':
    case 'return':
    case 'set':
    case 'shopt':
    case 'shift':
    case 'trap':
    case 'wait':
    case 'sleep':
    case 'test':
    case '[':
      if (name === 'shift') run.state.positional = run.state.positional.slice(shiftedBy(rest[0]));
      return 'done';
    default:
      return undefined;
  }
}

function shiftedBy(word: Value | undefined): number {
  const known = word === undefined ? '1' : onlyLiteral(word);
  return known !== undefined && /^\d{1,6}$/.test(known) ? Number(known) : 1;
}

function folderOfChange(run: JobRun, words: readonly Value[]): Value {
  const to = words.find((word) => !/^(-[LPe@]+|--)$/.test(onlyLiteral(word) ?? ''));
  const known = to === undefined ? '~' : onlyLiteral(to);
  if (known === '-' || known === '~') return empty;
  return folderBelow(run.state.directory, to!);
}

/** The place of a file or a folder, with `.` and `..` taken out; undefined where it is not known. */
function placeOf(run: JobRun, path: Value): Value | undefined {
  const known = beginsInCheckout(path) ? fromCheckout(path) : folderBelow(run.state.directory, path);
  return known.every((text) => literalOf(text) !== undefined) ? inCheckout(known) : undefined;
}

function isOptionOfEcho(word: Value): boolean {
  return ['-n', '-e', '-ne', '-en', '-E'].includes(onlyLiteral(word) ?? '');
}

function printed(words: readonly Value[]): Value {
  const [format, ...given] = words;
  const known = format === undefined ? undefined : onlyLiteral(format);
  if (known === undefined) return format ?? empty;
  let at = 0;
  const pieces: Value[] = [];
  for (const piece of known.split(/(%[sdq])/)) {
    if (/^%[sdq]$/.test(piece)) pieces.push(given[at++] ?? empty);
    else pieces.push(literal(piece.replace(/\\n/g, '\n')));
  }
  return concat(pieces);
}

/** `echo "NAME=value" >> "$GITHUB_ENV"`, and the older `::set-output name=NAME::value`. */
function writeVariables(run: JobRun, call: ShellCall, text: Value): void {
  const target = call.writesTo;
  const wrote = run.host.wrote;
  if (wrote === undefined) return;
  const file = target === undefined ? undefined : originsOf(target)[0]?.replace(/^\$/, '');
  const lines = new Map<string, Text[]>();
  for (const one of text) {
    for (const line of splitText(one, (character) => character === '\n')) {
      const command = cutAt(line, '::set-output name=');
      const pair =
        file !== undefined ? cutAt(line, '=') : command === undefined ? undefined : cutAt(command.after, '::');
      const name =
        pair === undefined
          ? undefined
          : literalOf(pair.before)
              ?.trim()
              .replace(/^export\s+/, '');
      if (pair === undefined || name === undefined || !/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) continue;
      const key = `${file ?? 'GITHUB_OUTPUT'} ${name}`;
      lines.set(key, [...(lines.get(key) ?? []), pair.after]);
    }
  }
  for (const [key, texts] of lines) {
    const [into, name] = key.split(' ') as [string, string];
    wrote(into, name, texts);
  }
}

/** What a script writes into a file of Terraform holds for the calls behind it. */
function writeFile(run: JobRun, target: Value | undefined, text: Value): void {
  const path = target === undefined ? undefined : placeOf(run, target);
  const known = path === undefined ? undefined : onlyLiteral(fromCheckout(path));
  if (known === undefined || !/\.(tf|tofu|hcl|tfbackend|tfvars|conf)$/.test(known)) return;
  const name = `${writtenFile}${known}`;
  const before = run.state.variables.get(name);
  const whole = before === undefined ? text : concat([before, literal('\n'), text]);
  run.state.variables.set(name, whole);
  run.host.wrote?.('file', name, whole);
}

/** Follows a text of which parts may be unknown: they stand in words as they are. */
export function followWords(text: Text, call: ShellCall, shell: Shell): void {
  const site = call.source.siteAt(call.offset);
  const masked: Value[] = [];
  const script = text
    .map((part) => {
      if (typeof part === 'string') return part;
      masked.push([[part]]);
      return String.fromCharCode(0xe100 + masked.length - 1);
    })
    .join('');
  shell.follow({ text: script, siteAt: () => site, masked });
}

function lastOf(text: Text, suffix: string): Text | undefined {
  const known = literalOf(text);
  if (known === undefined) return undefined;
  const last = known.replace(/\/+$/, '').split('/').at(-1)!;
  return [suffix !== '' && last !== suffix && last.endsWith(suffix) ? last.slice(0, -suffix.length) : last];
}
