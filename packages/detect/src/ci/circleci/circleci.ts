import type { CiJob, Triggers } from '../../event.js';
import { emitStep } from '../../jobs/follow-script.js';
import { folderBelow, type JobRun } from '../../jobs/job-run.js';
import type { Expressions } from '../../shell/placeholders.js';
import {
  empty,
  literal,
  literalOf,
  oneOf,
  settled,
  unknown,
  withDefault,
  type Text,
  type Value,
} from '../../values/value.js';
import { at, entriesOf, itemsOf, textAt, textsOf } from '../../yaml/access.js';
import type { Tree } from '../../yaml/tree.js';
import type { CiInput } from '../reader.js';
import {
  anyTrigger,
  expandAll,
  expandVariables,
  finishJob,
  followText,
  startShellJob,
  valueOfText,
  variablesOf,
} from '../shell-job.js';

/** What steps are followed in: parameters by name, and what the file defines. */
interface CircleScope {
  readonly input: CiInput;
  readonly file: string;
  readonly config: Tree;
  readonly pipeline: ReadonlyMap<string, Value>;
  readonly parameters: ReadonlyMap<string, Value>;
  readonly run: JobRun;
  readonly directory: Value;
  readonly depth: number;
}

/** Follows a configuration of CircleCI: the jobs that its workflows run. */
export function readCircle(input: CiInput, file: string, config: Tree): CiJob[] {
  const pipeline = parametersOf(at(config, 'parameters'), 'pipeline.parameters');
  const base = { input, file, config, pipeline, directory: empty, depth: 0 };
  const calls = entriesOf(at(config, 'workflows')).flatMap(([, workflow]) =>
    itemsOf(at(workflow, 'jobs')).flatMap((item): CalledJob[] => {
      if (item.node === 'scalar') return [{ name: item.text, line: item.line, settings: undefined }];
      return entriesOf(item).map(([name, settings]) => ({
        name,
        line: item.node === 'mapping' ? (item.lines.get(name) ?? item.line) : item.line,
        settings,
      }));
    }),
  );
  const jobs = at(config, 'jobs');
  const called =
    calls.length > 0 ? calls : entriesOf(jobs).map(([name, job]) => ({ name, line: job.line, settings: undefined }));
  return called.flatMap((call) => followJob(base, call, at(jobs, call.name)));
}

interface CalledJob {
  readonly name: string;
  readonly line: number;
  readonly settings: Tree | undefined;
}

function followJob(
  base: Omit<CircleScope, 'run' | 'parameters'>,
  { name, line, settings }: CalledJob,
  job: Tree | undefined,
): CiJob[] {
  const declared = job === undefined ? new Map<string, Value>() : parametersOf(at(job, 'parameters'), 'parameters');
  const outer: CircleScope = { ...base, parameters: new Map(), run: startShellJob(base.input, new Map()) };
  const given = valuesOf(settings, outer);
  for (const [key, tree] of entriesOf(at(settings, 'matrix', 'parameters')))
    given.set(key, oneOf(textsOf(tree).map(literal)));
  const scoped: CircleScope = { ...outer, parameters: new Map([...declared, ...given]) };
  const executor = at(job, 'executor');
  const executorName = executor?.node === 'scalar' ? executor.text : textAt(executor, 'name');
  const environments = [
    ...itemsOf(at(base.config, 'executors', executorName ?? '', 'docker')).map((image) => at(image, 'environment')),
    at(base.config, 'executors', executorName ?? '', 'environment'),
    ...itemsOf(at(job, 'docker'))
      .slice(0, 1)
      .map((image) => at(image, 'environment')),
    at(job, 'environment'),
  ];
  const variables = expandAll(variablesOf(environments.flatMap(environmentOf), ...expressionsOf(scoped)));
  const run = startShellJob(base.input, variables);
  const scope: CircleScope = { ...scoped, run, directory: empty };
  const runs = [
    at(settings, 'pre-steps'),
    ...(job === undefined ? [] : [at(job, 'steps')]),
    at(settings, 'post-steps'),
  ];
  if (job === undefined) {
    const orb = orbName(base.config, name);
    if (orb === undefined) return [];
    runSteps(scope, [...itemsOf(runs[0]), ...itemsOf(at(settings, 'auth'))]);
    const inner = orbPart(base.config, name, 'jobs');
    if (inner !== undefined)
      runSteps(
        { ...scope, parameters: new Map([...parametersOf(at(inner, 'parameters'), 'parameters'), ...given]) },
        itemsOf(at(inner, 'steps')),
      );
    else {
      emitStep(run, { name: orb, version: '', inputs: given, at: { file: base.file, line } });
      for (const key of ['before-steps', 'after-steps']) runSteps(scope, itemsOf(at(settings, key)));
    }
  } else for (const steps of runs) runSteps(scope, itemsOf(steps));
  const filters = refsOf(at(settings, 'filters', 'branches', 'only'));
  const triggers: Triggers = {
    ...anyTrigger,
    branches: filters,
    tags: refsOf(at(settings, 'filters', 'tags', 'only')),
  };
  return [
    finishJob(run, variables, {
      system: 'circleci',
      file: base.file,
      name,
      line: job?.line ?? line,
      triggers,
      token: run.events.some((event) => event.kind === 'step' && /aws-cli\/(setup|assume)/.test(event.name)),
      tree: job,
    }),
  ];
}

function environmentOf(tree: Tree | undefined): readonly (readonly [string, Tree])[] {
  return tree?.node === 'sequence' ? tree.items.flatMap((item) => entriesOf(item)) : entriesOf(tree);
}

function runSteps(scope: CircleScope, steps: readonly Tree[]): void {
  if (scope.depth > 16) return;
  for (const step of steps) {
    if (step.node === 'scalar') runStep(scope, step.text, undefined, step.line);
    else if (step.node === 'mapping')
      for (const [name, settings] of step.entries) runStep(scope, name, settings, step.lines.get(name) ?? step.line);
  }
}

function runStep(scope: CircleScope, name: string, settings: Tree | undefined, line: number): void {
  // `deploy` is the older name of `run` for the last step.
  if (name === 'run' || (name === 'deploy' && at(scope.config, 'commands', name) === undefined))
    return runCommand(scope, settings);
  if (name === 'when' || name === 'unless') return runSteps(scope, itemsOf(at(settings, 'steps')));
  if (
    [
      'checkout',
      'setup_remote_docker',
      'save_cache',
      'restore_cache',
      'persist_to_workspace',
      'attach_workspace',
      'store_artifacts',
      'store_test_results',
      'add_ssh_keys',
    ].includes(name)
  )
    return;
  const given = valuesOf(settings, scope);
  const parameter = /^<<\s*parameters\.([\w-]+)\s*>>$/.exec(name)?.[1];
  if (parameter !== undefined) return;
  const command = at(scope.config, 'commands', name) ?? orbPart(scope.config, name, 'commands');
  if (command !== undefined) {
    const parameters = new Map([...parametersOf(at(command, 'parameters'), 'parameters'), ...given]);
    runSteps({ ...scope, parameters, depth: scope.depth + 1 }, itemsOf(at(command, 'steps')));
    return;
  }
  const orb = orbName(scope.config, name);
  if (orb === undefined) return;
  runSteps({ ...scope, depth: scope.depth + 1 }, itemsOf(at(settings, 'auth')));
  emitStep(scope.run, { name: orb, version: '', inputs: given, at: { file: scope.file, line } });
  const region = given.get('region') ?? given.get('aws-region') ?? given.get('aws_region');
  if (region !== undefined && /aws-cli\/(setup|assume)/.test(orb)) scope.run.state.variables.set('AWS_REGION', region);
}

function runCommand(scope: CircleScope, settings: Tree | undefined): void {
  const script = settings?.node === 'scalar' ? settings : at(settings, 'command');
  if (script?.node !== 'scalar') return;
  const { run } = scope;
  const before = run.state.variables;
  run.state.variables = new Map([
    ...before,
    ...variablesOf(environmentOf(at(settings, 'environment')), ...expressionsOf(scope)),
  ]);
  const folder = textAt(settings, 'working_directory');
  run.state.directory =
    folder === undefined ? scope.directory : folderBelow(empty, settled(valueOfText(folder, ...expressionsOf(scope))));
  run.state.functions = new Map();
  followText(run, scope.file, script, ...expressionsOf(scope));
  // What a step sets is gone behind it, except what it writes to BASH_ENV; what it exports is kept, since nobody can tell.
  run.state.variables = new Map([...before, ...[...run.state.variables].filter(([name]) => !before.has(name))]);
}

function valuesOf(settings: Tree | undefined, scope: CircleScope): Map<string, Value> {
  return new Map(
    entriesOf(settings).flatMap(([name, tree]) => {
      if (tree.node !== 'scalar') return [];
      const value = valueOfText(tree.text, ...expressionsOf(scope)).map(namedVariable);
      return [[name, expandVariables(value, scope.run.state.variables)] as const];
    }),
  );
}

/** A parameter that names a variable, such as `region: AWS_REGION`, stands for what it holds. */
function namedVariable(text: Text): Text {
  const known = literalOf(text);
  return known !== undefined && /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(known) ? [`$${known}`] : text;
}

function expressionsOf(scope: Pick<CircleScope, 'parameters' | 'pipeline'>): readonly Expressions[] {
  return [
    {
      open: '<<',
      close: '>>',
      evaluate: (inner) => {
        const path = inner.trim();
        if (!/^(pipeline|parameters|matrix)\.[\w.-]+$/.test(path)) return undefined;
        const name = path.split('.').at(-1)!;
        if (path.startsWith('pipeline.parameters.')) return scope.pipeline.get(name) ?? unknown(path);
        if (path.startsWith('parameters.') || path.startsWith('matrix.'))
          return scope.parameters.get(name) ?? unknown(path);
        return unknown(path);
      },
    },
  ];
}

function parametersOf(tree: Tree | undefined, prefix: string): Map<string, Value> {
  return new Map(
    entriesOf(tree).map(([name, declaration]): [string, Value] => {
      const values = textsOf(at(declaration, 'enum'));
      const given = textAt(declaration, 'default');
      const from = `${prefix}.${name}`;
      if (values.length > 0) return [name, oneOf(values.map(literal))];
      return [
        name,
        given === undefined
          ? unknown(from)
          : given === ''
            ? oneOf([empty, unknown(from)])
            : withDefault(literal(given), from),
      ];
    }),
  );
}

/** `aws-ecr/push` where the orb `aws-ecr` is `circleci/aws-ecr@9`: its name is `orb circleci/aws-ecr/push`. */
function orbName(config: Tree, name: string): string | undefined {
  const slash = name.indexOf('/');
  if (slash < 0) return undefined;
  const orb = textAt(config, 'orbs', name.slice(0, slash));
  return orb === undefined ? undefined : `orb ${orb.split('@')[0]}/${name.slice(slash + 1)}`;
}

/** A command or a job of an orb that stands in the file itself. */
function orbPart(config: Tree, name: string, kind: 'commands' | 'jobs'): Tree | undefined {
  const slash = name.indexOf('/');
  return slash < 0 ? undefined : at(config, 'orbs', name.slice(0, slash), kind, name.slice(slash + 1));
}

/** Names of branches or tags; a pattern between slashes stands as a name with stars, or for any where stars say less. */
function refsOf(tree: Tree | undefined): readonly string[] {
  const refs = textsOf(tree).map((text) => {
    const pattern = /^\/\^?(.*?)\$?\/$/.exec(text)?.[1];
    if (pattern === undefined) return text;
    const name = pattern
      .replace(/\\([/.-])/g, '$1')
      .replace(/\.[*+]|(?:\[[^\]]*\]|\\d)[*+]?/g, '*')
      .replace(/\*+/g, '*');
    const open = text.startsWith('/^') || name.startsWith('*') ? name : `*${name}`;
    return /^[\w./*-]+$/.test(open) ? open : '*';
  });
  return refs.includes('*') ? [] : refs;
}
