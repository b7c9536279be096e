import { fileAt } from '../files.js';
import type { Shell, ShellCall } from '../shell/follow.js';
import { mask, type Expressions } from '../shell/placeholders.js';
import { concat, literal, onlyLiteral, unknown, type Value } from '../values/value.js';
import { enter, isShell, linesOf } from './enter.js';
import { folderBelow, type JobRun } from './job-run.js';
import { readJustfile, type Justfile, type Recipe } from './justfile.js';

/** Follows `just RECIPE ARGUMENT…`. */
export function runJust(run: JobRun, call: ShellCall, shell: Shell): boolean {
  const rest = call.words.slice(1);
  const words: Value[] = [];
  const set = new Map<string, Value>();
  let folder = run.state.directory;
  let named: string | undefined;
  for (let at = 0; at < rest.length; at++) {
    const known = onlyLiteral(rest[at]!) ?? '';
    const assigned = /^([A-Za-z_][\w-]*)=(.*)$/s.exec(known);
    if (known === '-f' || known === '--justfile') named = onlyLiteral(rest[++at] ?? []);
    else if (known === '-d' || known === '--working-directory') folder = folderBelow(folder, rest[++at] ?? []);
    else if (known === '--set') {
      set.set(onlyLiteral(rest[at + 1] ?? []) ?? '', rest[at + 2] ?? []);
      at += 2;
    } else if (words.length === 0 && assigned !== null) set.set(assigned[1]!, literal(assigned[2]!));
    else if (words.length > 0 || !known.startsWith('-')) words.push(rest[at]!);
  }
  const found = findJustfile(run, folder, named);
  if (found === undefined || run.running.has(found.path)) return false;
  const justfile = readJustfile(found.text);
  const outer = { ...run.state };
  run.state.directory = found.folder;
  enter(run, call, found.path, () => {
    const follower = { run, shell, justfile, set, siteAt: linesOf(found.path, found.text), done: new Set<string>() };
    followAll(follower, words.length === 0 && justfile.first !== undefined ? [literal(justfile.first)] : words);
  });
  Object.assign(run.state, outer);
  return true;
}

/** The file in the folder, or in the nearest one above. */
function findJustfile(run: JobRun, folder: Value, named: string | undefined) {
  const known = onlyLiteral(folder);
  if (known === undefined) return undefined;
  const parts = known.split('/').filter((part) => part !== '' && part !== '.');
  for (let left = parts.length; left >= 0; left--) {
    const above = parts.slice(0, left).join('/');
    const names = named === undefined ? ['justfile', 'Justfile', '.justfile', 'JUSTFILE'] : [named];
    for (const name of names) {
      const file = fileAt(run.files, `${above}/${name}`);
      if (file !== undefined) return { ...file, folder: literal(above) };
    }
    if (named !== undefined) return undefined;
  }
  return undefined;
}

interface JustFollower {
  readonly run: JobRun;
  readonly shell: Shell;
  readonly justfile: Justfile;
  readonly set: ReadonlyMap<string, Value>;
  readonly siteAt: (offset: number) => { file: string; line: number };
  readonly done: Set<string>;
}

/** Several recipes, each with as many of the words behind it as it has parameters. */
function followAll(follower: JustFollower, words: readonly Value[]): void {
  for (let at = 0; at < words.length; ) {
    const name = onlyLiteral(words[at++]!) ?? '';
    const recipe = follower.justfile.recipes.get(name);
    if (recipe === undefined) return;
    const given: Value[] = [];
    for (const { takesRest } of recipe.parameters) {
      if (takesRest) given.push(...words.slice(at));
      else if (at < words.length) given.push(words[at]!);
      at = takesRest ? words.length : at + 1;
    }
    followRecipe(follower, name, recipe, given);
  }
}

function followRecipe(follower: JustFollower, name: string, recipe: Recipe, given: readonly Value[]): void {
  const { done, justfile, run, set, shell, siteAt } = follower;
  if (done.has(name) && given.length === 0) return;
  done.add(name);
  for (const need of recipe.needs) {
    const other = justfile.recipes.get(need);
    if (other !== undefined && !done.has(need)) followRecipe(follower, need, other, []);
  }
  const values = new Map([...justfile.variables, ...set]);
  for (const [place, { name: parameter, takesRest, usual }] of recipe.parameters.entries()) {
    const own = takesRest ? joined(given.slice(place)) : given[place];
    values.set(parameter, own ?? usual ?? unknown(`the argument ${parameter}`));
  }
  const exported = [...values].filter(
    ([key]) => justfile.exported.has(key) || recipe.parameters.some((one) => one.name === key && one.isExported),
  );
  const before = run.state.variables;
  run.state.variables = new Map([...before, ...exported]);
  const forms: Expressions = {
    open: '{{',
    close: '}}',
    evaluate: (inner) => values.get(inner.trim()) ?? unknown(inner.trim()),
  };
  for (const part of partsOf(recipe)) {
    const { text, values: masked, writtenAt } = mask(part.text, forms);
    shell.follow({ text, siteAt: (at) => siteAt(part.offsetOf(writtenAt(at))), masked });
  }
  run.state.variables = before;
}

function joined(words: readonly Value[]): Value | undefined {
  return words.length === 0
    ? undefined
    : concat(words.flatMap((word, at) => (at === 0 ? [word] : [literal(' '), word])));
}

/** What one shell runs: a line, or all of a recipe that begins with `#!`; nothing where that is another language. */
function partsOf({ body }: Recipe) {
  const [first] = body;
  const whole = body.map(({ text }) => text).join('\n');
  const lineAt = (lines: Recipe['body']) => (offset: number) => {
    let start = 0;
    for (const { text, offset: begun } of lines) {
      if (offset <= start + text.length) return begun + offset - start;
      start += text.length + 1;
    }
    return lines.at(-1)?.offset ?? 0;
  };
  if (first?.text.startsWith('#!') === true)
    return isShell(first.text) ? [{ text: whole, offsetOf: lineAt(body) }] : [];
  const groups: (readonly Recipe['body'][number][])[] = [];
  for (const line of body) {
    const last = groups.at(-1);
    if (last?.at(-1)?.text.endsWith('\\') === true) groups[groups.length - 1] = [...last, line];
    else groups.push([line]);
  }
  return groups.map((lines) => ({
    text: lines
      .map(({ text }) => text)
      .join('\n')
      .replace(/^[@-]+/, (signs) => ' '.repeat(signs.length)),
    offsetOf: lineAt(lines),
  }));
}
