import type { CiJob, Triggers } from '../event.js';
import { evaluate } from '../expressions/evaluate.js';
import { fileAt, folderOf } from '../files.js';
import { emitStep } from '../jobs/follow-script.js';
import { folderBelow, type JobRun } from '../jobs/job-run.js';
import { fromCheckout } from '../jobs/checkout.js';
import { empty, literal, oneOf, unknown, withDefault, type Value } from '../values/value.js';
import { at, entriesOf, itemsOf, listAt, textAt, textsOf } from '../yaml/access.js';
import { readYaml, textTree, type Tree } from '../yaml/tree.js';
import type { CiInput } from './reader.js';
import { anyTrigger, expandVariables, finishJob, followText, startShellJob, valueOfText } from './shell-job.js';
import type { Expressions } from '../shell/placeholders.js';
import { asPosixTree, isCmd, type WindowsShell } from '../jobs/windows.js';

interface AzureScope {
  readonly input: CiInput;
  readonly file: string;
  readonly parameters: ReadonlyMap<string, Value>;
  readonly variables: ReadonlyMap<string, Value>;
  /** The parameters that are lists. */
  readonly lists: ReadonlyMap<string, readonly Tree[]>;
  /** What the names of `each` stand for. */
  readonly each: ReadonlyMap<string, readonly Tree[]>;
  readonly triggers: Triggers;
  readonly depth: number;
}

/** Follows a pipeline of Azure DevOps with its templates of the same repository. */
export function readAzure(input: CiInput, file: string, tree: Tree): CiJob[] {
  const pr = at(tree, 'pr');
  const pullRequests = pr !== undefined && textAt(tree, 'pr') !== 'none';
  const branches = [...textsOf(at(tree, 'trigger')), ...textsOf(at(tree, 'trigger', 'branches', 'include'))].filter(
    (name) => name !== 'none',
  );
  const scope: AzureScope = {
    input,
    file,
    parameters: parametersOf(at(tree, 'parameters')),
    lists: listsOf(at(tree, 'parameters')),
    each: new Map(),
    variables: new Map(),
    triggers: { ...anyTrigger, branches, pullRequests },
    depth: 0,
  };
  return readParts(tree, { ...scope, variables: variablesIn(at(tree, 'variables'), scope) }, 'pipeline');
}

function readParts(tree: Tree, scope: AzureScope, name: string): CiJob[] {
  const stages = flatItems(at(tree, 'stages'), scope);
  const jobs = flatItems(at(tree, 'jobs'), scope);
  const found = [...stages, ...jobs].flatMap(({ tree: part, scope: own }) => {
    const set = { ...own, variables: new Map([...own.variables, ...matrixOf(at(part, 'strategy', 'matrix'), own)]) };
    const inner = { ...set, variables: variablesIn(at(part, 'variables'), set) };
    return readParts(part, inner, textAt(part, 'job') ?? textAt(part, 'deployment') ?? textAt(part, 'stage') ?? name);
  });
  const steps = stepsOf(tree, scope);
  return steps.length === 0 ? found : [...found, followSteps(tree, steps, scope, name)];
}

/** What the legs of a matrix set: a variable may have each of its values. */
function matrixOf(tree: Tree | undefined, scope: AzureScope): ReadonlyMap<string, Value> {
  const values = new Map<string, Value[]>();
  for (const [, leg] of entriesOf(tree))
    for (const [name, value] of entriesOf(leg))
      if (value.node === 'scalar') values.set(name, [...(values.get(name) ?? []), valueIn(value.text, scope)]);
  return new Map([...values].map(([name, some]) => [name, oneOf(some)]));
}

interface ScopedTree {
  readonly tree: Tree;
  readonly scope: AzureScope;
}

/** The steps of a job, or of the phases of a deployment. */
function stepsOf(tree: Tree, scope: AzureScope): ScopedTree[] {
  const own = flatItems(at(tree, 'steps'), scope);
  const phases = entriesOf(at(tree, 'strategy')).flatMap(([, strategy]) =>
    entriesOf(strategy).map(([, phase]) => phase),
  );
  return [...own, ...phases.flatMap((phase) => flatItems(at(phase, 'steps'), scope))];
}

/** Items with what `${{ if … }}` and templates put in their place. */
function flatItems(tree: Tree | undefined, scope: AzureScope): ScopedTree[] {
  if (tree === undefined || scope.depth > 12) return [];
  return itemsOf(tree).flatMap((item): ScopedTree[] => {
    if (item.node !== 'mapping') return [];
    const [first] = item.entries;
    if (first !== undefined && first[0].startsWith('${{'))
      return [...item.entries].flatMap(([key, inner]) =>
        flatItems(inner, { ...withEach(key, scope), depth: scope.depth + 1 }),
      );
    const template = textAt(item, 'template');
    if (template === undefined) return [{ tree: item, scope }];
    const file =
      fileAt(scope.input.files, `${folderOf(scope.file)}/${template}`) ?? fileAt(scope.input.files, template);
    const inner = file === undefined ? undefined : readYaml(file.text).tree;
    if (file === undefined || inner === undefined) return [];
    const given = entriesOf(at(item, 'parameters'));
    const texts = given.flatMap(([name, value]) =>
      value.node === 'scalar' ? [[name, valueIn(value.text, scope)] as const] : [],
    );
    const own: AzureScope = {
      ...scope,
      file: file.path,
      depth: scope.depth + 1,
      parameters: new Map([...parametersOf(at(inner, 'parameters')), ...texts]),
      lists: new Map([...listsOf(at(inner, 'parameters')), ...listsIn(given)]),
    };
    return ['stages', 'jobs', 'steps'].flatMap((key) => flatItems(at(inner, key), own));
  });
}

/** Inside `${{ each NAME in parameters.LIST }}` the name stands for each item. */
function withEach(key: string, scope: AzureScope): AzureScope {
  const [, name, list] = /^\$\{\{\s*each\s+(\w+)\s+in\s+parameters\.(\w+)\s*\}\}$/.exec(key) ?? [];
  const items = list === undefined ? undefined : scope.lists.get(list);
  if (name === undefined || items === undefined) return scope;
  return { ...scope, each: new Map([...scope.each, [name, items]]) };
}

/** Parameters that are lists, by their names. */
function listsOf(tree: Tree | undefined): ReadonlyMap<string, readonly Tree[]> {
  if (tree?.node === 'mapping') return listsIn(entriesOf(tree));
  return listsIn(
    itemsOf(tree).flatMap((item) => {
      const [name, given] = [textAt(item, 'name'), at(item, 'default')];
      return name === undefined || given === undefined ? [] : [[name, given] as const];
    }),
  );
}

function listsIn(entries: readonly (readonly [string, Tree])[]): ReadonlyMap<string, readonly Tree[]> {
  return new Map(entries.flatMap(([name, tree]) => (tree.node === 'sequence' ? [[name, tree.items] as const] : [])));
}

/** What a name of `each`, or what stands under it, may be. */
function eachValue(items: readonly Tree[], path: readonly string[]): Value | undefined {
  const texts = items.flatMap((item) => textAt(item, ...path) ?? []);
  return texts.length === 0 ? undefined : oneOf(texts.map(literal));
}

function parametersOf(tree: Tree | undefined): Map<string, Value> {
  if (tree?.node === 'mapping')
    return new Map(
      entriesOf(tree).flatMap(([name, value]) =>
        value.node === 'scalar' ? [[name, withDefault(literal(value.text), name)] as const] : [],
      ),
    );
  return new Map(
    itemsOf(tree).flatMap((item) => {
      const name = textAt(item, 'name');
      if (name === undefined) return [];
      const values = textsOf(listAt(item, 'values'));
      const given = textAt(item, 'default');
      const value =
        values.length > 0
          ? oneOf(values.map(literal))
          : given === undefined
            ? unknown(`parameters.${name}`)
            : withDefault(literal(given), `parameters.${name}`);
      return [[name, value] as const];
    }),
  );
}

function variablesIn(tree: Tree | undefined, scope: AzureScope): ReadonlyMap<string, Value> {
  const found = new Map(scope.variables);
  if (tree?.node === 'mapping') {
    for (const [name, value] of entriesOf(tree))
      if (value.node === 'scalar') found.set(name, valueIn(value.text, { ...scope, variables: found }));
  }
  if (tree?.node === 'sequence') {
    for (const { tree: item } of flatItems(tree, scope)) {
      const name = textAt(item, 'name');
      const value = textAt(item, 'value');
      if (name !== undefined && value !== undefined) found.set(name, valueIn(value, { ...scope, variables: found }));
    }
  }
  return found;
}

function expressionsOf(scope: AzureScope): Expressions {
  return {
    open: '${{',
    close: '}}',
    evaluate: (inner) =>
      evaluate(inner, ([context = '', name = '', ...deeper]) => {
        const items = scope.each.get(context);
        const path = name === '' ? [] : [name, ...deeper];
        return {
          value:
            (items === undefined ? undefined : eachValue(items, path)) ??
            (context === 'parameters' ? scope.parameters.get(name) : scope.variables.get(name)) ??
            unknown(`${context}.${name}`),
        };
      }),
  };
}

/** `$(name)` is replaced before a task runs; where nothing sets it, it is left to the shell as a command would be. */
function macros(scope: AzureScope): Expressions {
  return {
    open: '$(',
    close: ')',
    evaluate: (inner) => {
      const name = inner.trim();
      if (!/^[A-Za-z_][\w.]*$/.test(name)) return undefined;
      return scope.variables.get(name) ?? unknown(`$(${name})`);
    },
  };
}

function valueIn(text: string, scope: AzureScope): Value {
  return valueOfText(text, expressionsOf(scope), macros(scope));
}

function followSteps(job: Tree, steps: readonly ScopedTree[], scope: AzureScope, name: string): CiJob {
  const shell = new Map([...scope.variables].map(([key, value]) => [key.toUpperCase().replaceAll('.', '_'), value]));
  const run = startShellJob(scope.input, shell);
  const names = new Set<string>();
  for (const { tree: step, scope: own } of steps)
    followStep(run, step, { ...own, variables: new Map([...own.variables, ...scope.variables]) }, shell, names);
  const environment = textAt(job, 'environment') ?? textAt(job, 'environment', 'name');
  const finished = finishJob(run, scope.variables, {
    system: 'azure',
    file: scope.file,
    name,
    line: job.line,
    triggers: scope.triggers,
    environment: environment === undefined ? undefined : valueIn(environment, scope),
    tree: job,
  });
  return { ...finished, names: [...finished.names, ...names] };
}

function followStep(
  run: JobRun,
  step: Tree,
  scope: AzureScope,
  shell: ReadonlyMap<string, Value>,
  names: Set<string>,
): void {
  const env = entriesOf(at(step, 'env')).flatMap(([key, value]) =>
    value.node === 'scalar' ? [[key, valueIn(value.text, scope)] as const] : [],
  );
  for (const [key] of env) names.add(key);
  run.state.variables = new Map([...shell, ...env]);
  const folder = textAt(step, 'workingDirectory') ?? textAt(step, 'inputs', 'workingDirectory');
  run.state.directory = folder === undefined ? empty : folderBelow(empty, fromCheckout(valueIn(folder, scope)));
  const task = textAt(step, 'task');
  const inputs = new Map(
    entriesOf(at(step, 'inputs')).flatMap(([key, value]) =>
      value.node === 'scalar' ? [[key, expandVariables(valueIn(value.text, scope), run.state.variables)] as const] : [],
    ),
  );
  if (task !== undefined) {
    const [kind, version = ''] = task.split('@') as [string, string?];
    const short = kind.split('.').at(-1)!;
    const region = inputs.get('regionName');
    if (region !== undefined) run.state.variables.set('AWS_REGION', region);
    if (!/^(AWSCLI|AWSShellScript)$/.test(short))
      emitStep(run, { name: `task ${short}`, version, inputs, at: { file: scope.file, line: at(step, 'task')!.line } });
    if (short === 'AWSCLI')
      followText(
        run,
        scope.file,
        textTree(commandOf(step), at(step, 'task')!.line),
        expressionsOf(scope),
        macros(scope),
      );
    const file = scriptFileOf(step, short);
    if (file !== undefined) {
      const command = textTree(file, at(step, 'task')!.line);
      followText(run, scope.file, command, expressionsOf(scope), macros(scope));
      return;
    }
    if (!/^(AWSShellScript|Bash|CmdLine|ShellScript|AWSPowerShellModuleScript|PowerShell|AzureCLI)$/.test(short))
      return;
  }
  for (const key of ['script', 'bash', 'pwsh', 'powershell', 'inlineScript']) {
    const script = at(step, key) ?? at(step, 'inputs', key);
    if (script?.node !== 'scalar') continue;
    const windows = windowsShellOf(step, key, task);
    const written = windows === undefined ? script : asPosixTree(script, windows);
    followText(run, scope.file, written, expressionsOf(scope), macros(scope));
  }
}

/** The command line of a task that runs a file; what else stands in its inputs is not run. */
function scriptFileOf(step: Tree, task: string): string | undefined {
  if (!/^(AWSShellScript|AWSPowerShellModuleScript|Bash|ShellScript|PowerShell)$/.test(task)) return undefined;
  const input = (name: string): string | undefined => textAt(step, 'inputs', name);
  const inline = input('targetType') ?? input('scriptType');
  const path = task === 'ShellScript' ? input('scriptPath') : (input('filePath') ?? input('scriptPath'));
  if (path === undefined || inline?.toLowerCase() === 'inline') return undefined;
  const words = (input('arguments') ?? input('args') ?? '').replace(/\s*\n\s*/g, ' ');
  const shell = task.includes('PowerShell') ? 'pwsh' : 'bash';
  return `${shell} ${/\s/.test(path) ? `'${path}'` : path} ${words}`;
}

/** A `script` runs in cmd on Windows: its words tell. */
function windowsShellOf(step: Tree, key: string, task: string | undefined): WindowsShell | undefined {
  if (/^(pwsh|powershell)$/.test(key) || (task ?? '').includes('PowerShell')) return 'powershell';
  const text = textAt(step, key) ?? textAt(step, 'inputs', key) ?? '';
  return key === 'script' && isCmd(text) ? 'cmd' : undefined;
}

/** The command line of the task AWSCLI, whose words stand in inputs. */
function commandOf(step: Tree): string {
  const words = ['awsCommand', 'awsSubCommand', 'awsArguments'].flatMap((key) => textAt(step, 'inputs', key) ?? []);
  return ['aws', ...words].join(' ').replace(/\s*\n\s*/g, ' ');
}
