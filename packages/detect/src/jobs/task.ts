import { fileAt, folderOf } from '../files.js';
import type { Shell, ShellCall } from '../shell/follow.js';
import { mask, unmask, type Expressions } from '../shell/placeholders.js';
import { concat, literal, onlyLiteral, unknown, type Value } from '../values/value.js';
import { at, entriesOf, itemsOf, textAt } from '../yaml/access.js';
import { readYaml, type Tree } from '../yaml/tree.js';
import { enter } from './enter.js';
import { folderBelow, type JobRun } from './job-run.js';

/**
 * Follows `task NAME VARIABLE=value -- ARGUMENT…` of Task.
 * @see https://taskfile.dev/reference/schema
 */
export function runTask(run: JobRun, call: ShellCall, shell: Shell): boolean {
  const rest = call.words.slice(1);
  const dashes = rest.findIndex((word) => onlyLiteral(word) === '--');
  const own = dashes < 0 ? rest : rest.slice(0, dashes);
  const variables = new Map<string, Value>([['CLI_ARGS', dashes < 0 ? literal('') : joined(rest.slice(dashes + 1))]]);
  const names: string[] = [];
  let folder = run.state.directory;
  let named: string | undefined;
  for (let place = 0; place < own.length; place++) {
    const known = onlyLiteral(own[place]!) ?? '';
    const assigned = /^([A-Za-z_]\w*)=(.*)$/s.exec(known);
    if (known === '-t' || known === '--taskfile') named = onlyLiteral(own[++place] ?? []);
    else if (known === '-d' || known === '--dir') folder = folderBelow(folder, own[++place] ?? []);
    else if (assigned !== null) variables.set(assigned[1]!, literal(assigned[2]!));
    else if (known !== '' && !known.startsWith('-')) names.push(known);
  }
  const inFolder = onlyLiteral(folder);
  const candidates = named === undefined ? taskfiles : [named];
  const file = candidates
    .flatMap((name) => (inFolder === undefined ? [] : [fileAt(run.files, `${inFolder}/${name}`)]))
    .find((found) => found !== undefined);
  const follower = file === undefined ? undefined : open(run, shell, file, folder);
  if (follower === undefined || run.running.has(file!.path)) return false;
  const outer = { ...run.state };
  enter(run, call, file!.path, () =>
    (names.length > 0 ? names : ['default']).forEach((name) => followTask(follower, name, variables, 0)),
  );
  Object.assign(run.state, outer);
  return true;
}

const taskfiles = [
  'Taskfile.yml',
  'taskfile.yml',
  'Taskfile.yaml',
  'taskfile.yaml',
  'Taskfile.dist.yml',
  'Taskfile.dist.yaml',
];

interface TaskFollower {
  readonly run: JobRun;
  readonly shell: Shell;
  readonly path: string;
  readonly tree: Tree;
  readonly folder: Value;
}

function open(
  run: JobRun,
  shell: Shell,
  file: { readonly path: string; readonly text: string },
  folder: Value,
): TaskFollower | undefined {
  const { tree } = readYaml(file.text);
  return tree === undefined ? undefined : { run, shell, path: file.path, tree, folder };
}

const deepest = 20;

/** A task of the file, or of one that it includes: `name:task`. */
function followTask(follower: TaskFollower, name: string, given: ReadonlyMap<string, Value>, depth: number): void {
  const { folder, run, tree } = follower;
  if (depth > deepest) return;
  const task = at(tree, 'tasks', name);
  if (task === undefined) return followIncluded(follower, name, given, depth);
  const set = new Map([...variablesOf(at(tree, 'vars'), given), ...given]);
  const variables = new Map([...set, ...variablesOf(at(task, 'vars'), set), ...given]);
  for (const need of itemsOf(at(task, 'deps'))) followOther(follower, need, variables, depth);
  const outer = { ...run.state };
  run.state.variables = new Map([
    ...run.state.variables,
    ...variablesOf(at(tree, 'env'), variables),
    ...variablesOf(at(task, 'env'), variables),
  ]);
  const directory = textAt(task, 'dir');
  run.state.directory = directory === undefined ? folder : folderBelow(folder, valueIn(directory, variables));
  const commands =
    task.node === 'mapping' ? [...itemsOf(at(task, 'cmds')), ...itemsOf(at(task, 'cmd'))] : itemsOf(task);
  for (const command of commands) {
    const text = command.node === 'mapping' ? (at(command, 'cmd') ?? at(command, 'defer')) : command;
    if (text?.node === 'scalar') {
      const masked = mask(text.text, templates(variables));
      const siteAt = (offset: number) => ({ file: follower.path, line: text.lineAt(masked.writtenAt(offset)) });
      follower.shell.follow({ text: masked.text, siteAt, masked: masked.values });
    } else followOther(follower, command, variables, depth);
  }
  Object.assign(run.state, outer);
}

/** A task that another one runs: by its name, or with variables of its own. */
function followOther(follower: TaskFollower, tree: Tree, variables: ReadonlyMap<string, Value>, depth: number): void {
  if (tree.node === 'scalar') return followTask(follower, tree.text, new Map(), depth + 1);
  const name = textAt(tree, 'task');
  if (name !== undefined) followTask(follower, name, variablesOf(at(tree, 'vars'), variables), depth + 1);
}

function followIncluded(follower: TaskFollower, name: string, given: ReadonlyMap<string, Value>, depth: number): void {
  const { path, run, shell, tree } = follower;
  const colon = name.indexOf(':');
  const included = colon < 0 ? undefined : at(tree, 'includes', name.slice(0, colon));
  const named = included?.node === 'scalar' ? included.text : textAt(included, 'taskfile');
  if (named === undefined) return;
  const below = `${folderOf(path)}/${named}`;
  const file = [below, ...taskfiles.map((one) => `${below}/${one}`)]
    .map((one) => fileAt(run.files, one))
    .find((found) => found !== undefined);
  const directory = textAt(included, 'dir');
  const folder = directory === undefined ? follower.folder : folderBelow(follower.folder, literal(directory));
  const other = file === undefined ? undefined : open(run, shell, file, folder);
  if (other === undefined) return;
  const set = variablesOf(at(included, 'vars'), given);
  followTask(other, name.slice(colon + 1), new Map([...set, ...given]), depth + 1);
}

/** Variables that are written out; what a command gives is not known. */
function variablesOf(tree: Tree | undefined, known: ReadonlyMap<string, Value>): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const [name, value] of entriesOf(tree))
    found.set(
      name,
      value.node === 'scalar' ? valueIn(value.text, new Map([...known, ...found])) : unknown(`{{.${name}}}`),
    );
  return found;
}

function valueIn(text: string, variables: ReadonlyMap<string, Value>): Value {
  const masked = mask(text, templates(variables));
  return unmask(masked.text, masked.values);
}

/** `{{.NAME}}`, and with a function's answer in its place what is not known. */
function templates(variables: ReadonlyMap<string, Value>): Expressions {
  return {
    open: '{{',
    close: '}}',
    evaluate: (inner) => {
      const [, name] = /^-?\s*\.(\w+)\s*-?$/.exec(inner.trim()) ?? [];
      return (name === undefined ? undefined : variables.get(name)) ?? unknown(`{{${inner}}}`);
    },
  };
}

function joined(words: readonly Value[]): Value {
  return concat(words.flatMap((word, place) => (place === 0 ? [word] : [literal(' '), word])));
}
