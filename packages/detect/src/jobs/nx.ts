import { folderOf } from '../files.js';
import type { Shell, ShellCall } from '../shell/follow.js';
import { literal, onlyLiteral, type Value } from '../values/value.js';
import { enter } from './enter.js';
import { folderBelow, type JobRun } from './job-run.js';

/** How many projects of a workspace are followed, and how long a `project.json` may be. */
const mostProjects = 60;
const longestProject = 500_000;

/** What a call of Nx asks for: a target, in the projects that fit, with a configuration. */
interface AskedTarget {
  readonly target: string;
  readonly fits: (project: string) => boolean;
  readonly configuration: string | undefined;
}

/**
 * Runs the commands of a target that `project.json` says, by `nx run project:target:configuration`, `nx target project` and
 * `nx run-many -t target`.
 * @returns whether a project has the target
 * @see https://nx.dev/docs/reference/nx/executors
 */
export function runNx(run: JobRun, call: ShellCall, shell: Shell): boolean {
  const asked = askedOf(call.words.slice(1).map((word) => onlyLiteral(word) ?? ''));
  const projects = [...run.files].filter(([path]) => path === 'project.json' || path.endsWith('/project.json'));
  let ran = false;
  for (const { target, fits, configuration } of asked) {
    const having = projects.filter(([, text]) => text.length <= longestProject && text.includes(`"${target}"`));
    for (const [path, text] of having.slice(0, mostProjects)) {
      const key = `${path}#${target}`;
      if (run.running.has(key)) continue;
      const whole = parsed(text);
      const name = text.includes('"name"') ? own(whole, 'name') : undefined;
      if (!fits(typeof name === 'string' ? name : (folderOf(path).split('/').at(-1) ?? ''))) continue;
      const found = own(own(whole, 'targets'), target);
      const options = own(found, 'options');
      const chosen = configuration === undefined ? undefined : own(own(found, 'configurations'), configuration);
      const commands = [chosen, options, found].map(commandsOf).find((some) => some.length > 0) ?? [];
      if (commands.length === 0) continue;
      const folder = [own(chosen, 'cwd'), own(options, 'cwd')].find((one) => typeof one === 'string');
      ran = true;
      enter(run, call, key, () => follow(run, call, shell, { path, text, commands, folder }));
    }
  }
  return ran;
}

interface FollowedTarget {
  readonly path: string;
  readonly text: string;
  readonly commands: readonly string[];
  readonly folder: string | undefined;
}

function follow(run: JobRun, call: ShellCall, shell: Shell, { path, text, commands, folder }: FollowedTarget): void {
  const outer = { ...run.state };
  run.state.variables = new Map([...run.state.variables, ...call.own]);
  for (const command of commands) {
    run.state.directory = folder === undefined ? outer.directory : inFolder(outer.directory, folder, path);
    const at = text.indexOf(JSON.stringify(command));
    const line = text.slice(0, Math.max(at, 0)).split('\n').length;
    shell.follow({ text: command, siteAt: () => ({ file: path, line }), masked: [] });
  }
  Object.assign(run.state, outer);
}

const inFolder = (directory: Value, folder: string, path: string) =>
  folderBelow(
    directory,
    literal(folder.replaceAll('{projectRoot}', folderOf(path)).replaceAll('{workspaceRoot}/', '')),
  );

function askedOf(texts: readonly string[]): AskedTarget[] {
  /** Behind a flag, or behind its `=`, may stand several, with commas or blanks between them. */
  const valuesOf = (...flags: readonly string[]): string[] => {
    const at = texts.findIndex((text) => flags.includes(text.split('=', 1)[0]!));
    if (at < 0) return [];
    const end = texts.findIndex((text, index) => index > at && text.startsWith('-'));
    const given = texts[at]!.includes('=')
      ? [texts[at]!.slice(texts[at]!.indexOf('=') + 1)]
      : texts.slice(at + 1, end < 0 ? undefined : end);
    return given.flatMap((text) => text.split(',')).filter((one) => one !== '');
  };
  const [configuration] = valuesOf('-c', '--configuration');
  const [verb = '', second = ''] = texts.filter((text) => !text.startsWith('-'));
  if (verb === 'run-many' || verb === 'affected') {
    const [chosen, excluded] = [valuesOf('-p', '--projects'), valuesOf('--exclude')];
    // What a pattern or a tag stands for is not read: it may be any project.
    const isOpen = chosen.length === 0 || chosen.some((one) => /[*!:{]/.test(one));
    const fits = (project: string) => !excluded.includes(project) && (isOpen || chosen.includes(project));
    return valuesOf('-t', '--target', '--targets').map((target) => ({ target, fits, configuration }));
  }
  const [project = '', target = '', chosen] = verb === 'run' ? second.split(':') : [second, verb];
  if (project === '' || target === '') return [];
  return [{ target, fits: (one) => one === project, configuration: chosen ?? configuration }];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function commandsOf(value: unknown): string[] {
  const several = own(value, 'commands');
  const all = Array.isArray(several) ? (several as readonly unknown[]) : [own(value, 'command')];
  return all
    .map((one) => (typeof one === 'string' ? one : own(one, 'command')))
    .filter((one) => typeof one === 'string');
}
