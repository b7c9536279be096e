import { parseDocument } from 'yaml';
import { fileAt } from '../files.js';
import type { Shell, ShellCall } from '../shell/follow.js';
import { literal, onlyLiteral, unknown, type Value } from '../values/value.js';
import { asPosix } from './windows.js';
import { followWords } from './builtins.js';
import { fromCheckout, inCheckout } from './checkout.js';
import { enter, isShell, linesOf } from './enter.js';
import { folderBelow, type JobRun } from './job-run.js';
import { runNx } from './nx.js';
import { runJust } from './just.js';
import { readMakefile } from './makefile.js';
import { runTask } from './task.js';
import { runEverywhere, scriptsEverywhere } from './workspaces.js';

const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ash', 'ksh']);

/** Follows what a call runs of the repository itself: a script, a target of a Makefile, a script of package.json. */
export function runScript(run: JobRun, call: ShellCall, shell: Shell): boolean {
  const given = onlyLiteral(call.words[0]!);
  const name = given?.slice(given.lastIndexOf('/') + 1) ?? '';
  if (shells.has(name)) return runShell(run, call, shell);
  if (/^(pwsh|powershell)(\.exe)?$/i.test(name)) return runPowerShell(run, call, shell);
  if (given === '.' || given === 'source') {
    return call.words[1] !== undefined && followFile(run, call.words[1], call.words.slice(2), call, shell, true);
  }
  if (name === 'make' || name === 'gmake') return runMake(run, call, shell);
  if (name === 'just') return runJust(run, call, shell);
  if (name === 'task' || name === 'go-task') return runTask(run, call, shell);
  if (name === 'nx' && runNx(run, call, shell)) return true;
  const everywhere = scriptsEverywhere(name, call.words.slice(1));
  if (everywhere !== undefined)
    return runEverywhere(run, everywhere, (folder, script) => {
      const outer = run.state.directory;
      run.state.directory = folder;
      const ran = runPackageScript(run, { ...call, words: ['npm', 'run', script].map(literal) }, shell, 'npm');
      run.state.directory = outer;
      return ran;
    });
  if (['npm', 'pnpm', 'yarn', 'bun'].includes(name)) return runPackageScript(run, call, shell, name);
  if (given === undefined || given.includes('/'))
    return followFile(run, call.words[0]!, call.words.slice(1), call, shell, false);
  return false;
}

function runShell(run: JobRun, call: ShellCall, shell: Shell): boolean {
  const rest = call.words.slice(1);
  const own = ownOptions(rest);
  if (rest.slice(0, own).some((word) => /^-[A-Za-z]*c[A-Za-z]*$/.test(onlyLiteral(word) ?? ''))) {
    const script = rest[own];
    if (script === undefined) return true;
    for (const text of script) followWords(text, call, shell);
    return true;
  }
  if (call.given !== undefined) {
    for (const text of call.given) followWords(text, call, shell);
    return true;
  }
  return own < rest.length && followFile(run, rest[own]!, rest.slice(own + 1), call, shell, false);
}

/** How many words are options of the shell itself: what stands behind the script is given to the script. */
function ownOptions(words: readonly Value[]): number {
  let at = 0;
  for (; at < words.length; at++) {
    const known = onlyLiteral(words[at]!) ?? '';
    if (known === '--') return at + 1;
    if (!/^[-+][A-Za-z-]/.test(known)) break;
    if (/^[-+][A-Za-z]*[oO]$/.test(known)) at++;
  }
  return Math.min(at, words.length);
}

/** Follows a script of the repository. One that stands here changes the variables of who runs it. */
function followFile(
  run: JobRun,
  path: Value,
  given: readonly Value[],
  call: ShellCall,
  shell: Shell,
  here: boolean,
): boolean {
  const file = findFile(run, path);
  if (file === undefined || run.running.has(file.path) || !isShell(file.text)) return false;
  enter(run, call, file.path, () => {
    const outer = { ...run.state };
    run.state.positional = given;
    const own = inCheckout(literal(file.path));
    const source = run.state.variables.get('BASH_SOURCE');
    if (!here) {
      run.state.variables = new Map([...run.state.variables, ...call.own, ['0', own]]);
      run.state.functions = new Map();
    }
    run.state.variables.set('BASH_SOURCE', own);
    const text = asShell(file);
    shell.follow({ text, siteAt: linesOf(file.path, text), masked: [] });
    run.state.positional = outer.positional;
    if (!here) Object.assign(run.state, outer);
    else if (source === undefined) run.state.variables.delete('BASH_SOURCE');
    else run.state.variables.set('BASH_SOURCE', source);
  });
  return true;
}

/** A script of a shell of Windows is known by its name. */
function asShell({ path, text }: { readonly path: string; readonly text: string }): string {
  if (/\.ps1$/i.test(path)) return asPosix(text, 'powershell');
  return /\.(bat|cmd)$/i.test(path) ? asPosix(text, 'cmd') : text;
}

/** The script that PowerShell is started with, or its command. */
function runPowerShell(run: JobRun, call: ShellCall, shell: Shell): boolean {
  const rest = call.words.slice(1);
  for (let at = 0; at < rest.length; at++) {
    const known = onlyLiteral(rest[at]!)?.toLowerCase() ?? '';
    if (/^-(c|command)$/.test(known)) {
      for (const text of rest[at + 1] ?? []) followWords(text, call, shell);
      return true;
    }
    if (/^-(executionpolicy|ep|ex|version|workingdirectory|wd)$/.test(known)) at++;
    else if (!known.startsWith('-')) return followFile(run, rest[at]!, rest.slice(at + 1), call, shell, false);
  }
  return false;
}

function findFile(run: JobRun, path: Value): { readonly path: string; readonly text: string } | undefined {
  const known = onlyLiteral(fromCheckout(path));
  if (known === undefined) return undefined;
  const folder = onlyLiteral(run.state.directory);
  return (folder === undefined ? undefined : fileAt(run.files, `${folder}/${known}`)) ?? fileAt(run.files, known);
}

function runMake(run: JobRun, call: ShellCall, shell: Shell): boolean {
  const rest = call.words.slice(1);
  let folder = run.state.directory;
  let name: string | undefined;
  const targets: string[] = [];
  const variables = new Map<string, Value>();
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at]!;
    const known = onlyLiteral(word) ?? (typeof word[0]?.[0] === 'string' ? word[0][0] : '');
    if (known === '-C' || known === '--directory') folder = folderBelow(folder, rest[++at] ?? []);
    else if (known === '-f' || known === '--file') name = onlyLiteral(rest[++at] ?? []);
    else if (/^[A-Za-z_][A-Za-z0-9_]*=/.test(known)) {
      const equals = known.indexOf('=');
      variables.set(
        known.slice(0, equals),
        word.map((text) => [known.slice(equals + 1), ...text.slice(1)].filter((part) => part !== '')),
      );
    } else if (!known.startsWith('-') && known !== '') targets.push(known);
  }
  const known = onlyLiteral(folder);
  const file = [name, 'GNUmakefile', 'Makefile', 'makefile']
    .flatMap((candidate) =>
      candidate === undefined || known === undefined ? [] : [fileAt(run.files, `${known}/${candidate}`)],
    )
    .find((found) => found !== undefined);
  // A Makefile may make other targets of its own.
  const key = `${file?.path}#${targets.join(' ')}`;
  if (file === undefined || run.running.has(key)) return false;
  const makefile = readMakefile(file.text);
  const siteAt = linesOf(file.path, file.text);
  const outer = { ...run.state };
  run.state.variables = new Map([
    ['MAKE', literal('make')],
    ...makefile.variables,
    ...run.state.variables,
    ...call.own,
    ...variables,
  ]);
  run.state.directory = folder;
  const done = new Set<string>();
  const follow = (target: string): void => {
    const rule = makefile.rules.get(target);
    if (rule === undefined || done.has(target)) return;
    done.add(target);
    rule.needs.forEach(follow);
    for (const { text, offset } of rule.recipe) {
      // Each line is run by a shell of its own.
      const { directory, variables, functions } = run.state;
      run.state.variables = new Map(variables);
      run.state.functions = new Map(functions);
      shell.follow({ text, siteAt: (inner) => siteAt(offset + inner), masked: [] });
      Object.assign(run.state, makefile.oneShell ? {} : { directory, variables, functions });
    }
  };
  enter(run, call, key, () => (targets.length > 0 ? targets : [makefile.first ?? '']).forEach(follow));
  Object.assign(run.state, outer);
  return true;
}

const ownVerbs = new Set([
  'install',
  'i',
  'ci',
  'add',
  'publish',
  'config',
  'login',
  'set',
  'version',
  'audit',
  'cache',
  'global',
  'link',
  'pack',
  'outdated',
  'dedupe',
]);

function runPackageScript(run: JobRun, call: ShellCall, shell: Shell, program: string): boolean {
  const rest = call.words.slice(1);
  let folder = run.state.directory;
  const words: Value[] = [];
  for (let at = 0; at < rest.length; at++) {
    const known = onlyLiteral(rest[at]!) ?? '';
    if (['--prefix', '--cwd', '-C', '--dir'].includes(known)) folder = folderBelow(folder, rest[++at] ?? []);
    else if (known.startsWith('--prefix=') || known.startsWith('--cwd=')) {
      folder = folderBelow(folder, literal(known.slice(known.indexOf('=') + 1)));
    } else if (['--filter', '-F', '-w', '--workspace'].includes(known))
      folder = folderOfPackage(run, folder, rest[++at]);
    else if (/^--(filter|workspace)=/.test(known))
      folder = folderOfPackage(run, folder, literal(known.slice(known.indexOf('=') + 1)));
    else if (program === 'yarn' && words.length === 0 && known === 'workspace')
      folder = folderOfPackage(run, folder, rest[++at]);
    else if (words.length === 0 && known.startsWith('-')) continue;
    // `npm run -- cdk deploy`: the name stands behind it.
    else if (known === '--' && ['run', 'run-script'].includes(onlyLiteral(words.at(-1) ?? []) ?? '')) continue;
    else words.push(rest[at]!);
  }
  const verb = words[0] === undefined ? '' : (onlyLiteral(words[0]) ?? '');
  const runs = verb === 'run' || verb === 'run-script';
  const name = runs ? onlyLiteral(words[1] ?? []) : verb;
  if (name === undefined || name === '' || (!runs && ownVerbs.has(verb))) return false;
  const known = onlyLiteral(folder);
  const file = known === undefined ? undefined : fileAt(run.files, `${known}/package.json`);
  const script = file === undefined ? undefined : scriptOf(file.text, name);
  const key = `${file?.path}#${name}`;
  if (file === undefined || script === undefined) {
    // `yarn sls deploy` and `pnpm sls deploy` run the program of that name, and `npm run cdk` a script that calls it so.
    const plain = words.slice(runs ? 1 : 0).filter((word) => onlyLiteral(word) !== '--');
    if (!runs && workspaceTools.has(name)) return runScript(run, { ...call, words: plain }, shell);
    return (runs || program !== 'npm') && plain.length > 0 && runPlain(run, { ...call, words: plain }, name);
  }
  if (run.running.has(key)) return false;
  const given = words.slice(runs ? 2 : 1).filter((word) => onlyLiteral(word) !== '--');
  enter(run, call, key, () => {
    const outer = { ...run.state };
    run.state.directory = folder;
    run.state.variables = new Map([...run.state.variables, ...call.own]);
    const text = given.length > 0 ? `${script.text} "$@"` : script.text;
    run.state.positional = given;
    shell.follow({ text, siteAt: () => ({ file: file.path, line: script.line }), masked: [] });
    Object.assign(run.state, outer);
  });
  return true;
}

/** The folder of a package of the workspace, by its name or its own folder; not known where there is none. */
function folderOfPackage(run: JobRun, root: Value, given: Value | undefined): Value {
  const wanted = onlyLiteral(given ?? []);
  if (wanted === undefined) return unknown('a package of the workspace');
  if (wanted.startsWith('./') || run.files.has(`${wanted}/package.json`)) return folderBelow(root, literal(wanted));
  for (const [path, text] of run.files) {
    if (!path.endsWith('/package.json') || !text.includes(`"${wanted}"`)) continue;
    if (nameOfPackage(text) === wanted) return literal(path.slice(0, -'/package.json'.length));
  }
  return unknown('a package of the workspace');
}

function nameOfPackage(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
  } catch {
    return undefined;
  }
}

/** `yarn turbo run deploy` runs the program of that name. */
const workspaceTools = new Set(['turbo', 'lerna', 'nx']);

/** Programs of a package that are called by the name alone. */
const programs = new Set([
  'sls',
  'serverless',
  'cdk',
  'sst',
  'pulumi',
  'aws',
  'cdktf',
  'amplify',
  'ampx',
  'arc',
  's3-deploy',
  'wrangler',
  'firebase',
  'vercel',
  'netlify',
]);

function runPlain(run: JobRun, call: ShellCall, name: string): boolean {
  if (!programs.has(name)) return false;
  run.events.push({
    kind: 'call',
    words: call.words,
    variables: new Map([...run.state.variables, ...call.own]),
    directory: run.state.directory,
    at: call.source.siteAt(call.offset),
    through: run.through,
  });
  return true;
}

/** A script of package.json with its line. JSON is YAML, whose parser knows where things stand. */
function scriptOf(text: string, name: string): { readonly text: string; readonly line: number } | undefined {
  if (text.length > 500_000) return undefined;
  const document = parseDocument(text, { keepSourceTokens: false, logLevel: 'silent' });
  const node = document.getIn(['scripts', name], true);
  if (typeof node !== 'object' || node === null || !('value' in node) || typeof node.value !== 'string')
    return undefined;
  const offset = 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : 0;
  return { text: node.value, line: text.slice(0, offset).split('\n').length };
}
