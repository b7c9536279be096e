import type { CiJob, Site, Triggers } from '../../event.js';
import { isFalse } from '../../expressions/evaluate.js';
import { fileAt } from '../../files.js';
import { folderBelow, newJobRun, type JobRun } from '../../jobs/job-run.js';
import { empty, unknown, type Value } from '../../values/value.js';
import { at, entriesOf, everyText, itemsOf, listAt, mapAt, textAt, textsOf } from '../../yaml/access.js';
import { readYaml, type Tree } from '../../yaml/tree.js';
import type { CiInput } from '../reader.js';
import { asExpression, evaluateText, type Contexts } from './contexts.js';
import { runSteps } from './steps.js';
import { eventsOf, triggersOf, workflowInputs } from './triggers.js';

/** What a workflow is called with, where another one calls it. */
interface Caller {
  readonly inputs: ReadonlyMap<string, Value>;
  readonly secrets: ReadonlyMap<string, Value>;
  readonly events: readonly string[];
  readonly triggersOf: (events: readonly string[]) => Triggers;
  readonly name: string;
  readonly through: readonly Site[];
  readonly running: ReadonlySet<string>;
}

/** The jobs of a workflow, and what it hands on to one that calls it. */
export interface WorkflowReading {
  readonly jobs: readonly CiJob[];
  readonly outputs: ReadonlyMap<string, Value>;
}

const deepestCalls = 8;

/** Follows a workflow of GitHub Actions. */
export function readWorkflow(input: CiInput, file: string, workflow: Tree, caller?: Caller): WorkflowReading {
  const jobs: CiJob[] = [];
  const outputs = new Map<string, Value>();
  const inputs = workflowInputs(workflow);
  for (const [name, value] of caller?.inputs ?? []) inputs.set(name, value);
  const events =
    caller?.events ??
    eventsOf(workflow).filter((event) => event !== 'workflow_call' || eventsOf(workflow).length === 1);
  const asked = new Set<string>();
  const base = {
    inputs,
    secrets: caller?.secrets ?? new Map<string, Value>(),
    needs: outputs,
    asked,
  };
  const contextsFor = (matrix: Tree | undefined, run: JobRun | undefined, event: string | undefined): Contexts => {
    const contexts: Contexts = {
      ...base,
      matrix,
      event,
      steps: new Map(),
      variable: (name) => run?.state.variables.get(name),
      evaluate: (text) => evaluateText(text, contexts),
    };
    return contexts;
  };
  const done = new Set<string>();
  const follow = (name: string, job: Tree): void => {
    if (done.has(name)) return;
    done.add(name);
    for (const needed of textsOf(at(job, 'needs'))) {
      const other = at(workflow, 'jobs', needed);
      if (other !== undefined) follow(needed, other);
    }
    const condition = textAt(job, 'if');
    const kept = events.filter((event) => {
      if (condition === undefined) return true;
      const value = contextsFor(at(job, 'strategy', 'matrix'), undefined, event).evaluate(asExpression(condition));
      return !value.every(isFalse);
    });
    if (events.length > 0 && kept.length === 0) return;
    if (condition !== undefined && /^(\$\{\{\s*)?false(\s*\}\})?$/.test(condition.trim())) return;
    followJob(name, job, kept);
  };
  const followJob = (name: string, job: Tree, kept: readonly string[]): void => {
    const host = {
      unset: (variable: string) => unknown(`$${variable}`),
      wrote: (target: string, key: string, value: Value) => wrote(target, key, value),
    };
    const run = newJobRun(input.files, host, new Map());
    run.through = caller?.through ?? [];
    const contexts = contextsFor(at(job, 'strategy', 'matrix'), run, kept.length === 1 ? kept[0] : undefined);
    let step = '';
    const exported = new Map<string, Value>();
    const wrote = (target: string, key: string, value: Value): void => {
      if (target === 'GITHUB_OUTPUT') add(contexts.steps, `${step}.${key}`, value);
      if (target === 'GITHUB_ENV') add(exported, key, value);
    };
    const called = textAt(job, 'uses');
    const line = mapAt(workflow, 'jobs')?.lines.get(name) ?? job.line;
    const calledAt = at(job, 'uses')?.line ?? line;
    if (called !== undefined) {
      const file = called.startsWith('./') ? fileAt(input.files, called) : undefined;
      const running = new Set([...(caller?.running ?? []), called]);
      if (file === undefined || (caller?.running.has(called) ?? false) || running.size > deepestCalls) {
        run.events.push({
          kind: 'step',
          name: `workflow ${called.split('@')[0]}`,
          version: called.split('@')[1] ?? '',
          inputs: new Map(
            entriesOf(at(job, 'with')).map(([key, tree]) => [
              key,
              tree.kind === 'text' ? contexts.evaluate(tree.text) : unknown(key),
            ]),
          ),
          variables: new Map(),
          directory: empty,
          at: { file: fileName, line: calledAt },
          through: run.through,
        });
      } else {
        const inner = readYaml(file.text).tree;
        const reading =
          inner === undefined
            ? undefined
            : readWorkflow(input, file.path, inner, {
                inputs: new Map(
                  entriesOf(at(job, 'with')).map(([key, tree]) => [
                    key,
                    tree.kind === 'text' ? contexts.evaluate(tree.text) : unknown(key),
                  ]),
                ),
                secrets: new Map(
                  entriesOf(at(job, 'secrets')).map(([key, tree]) => [
                    key,
                    tree.kind === 'text' ? contexts.evaluate(tree.text) : unknown(key),
                  ]),
                ),
                events: kept,
                triggersOf: caller?.triggersOf ?? ((names) => triggersOf(workflow, names)),
                name: `${caller === undefined ? '' : `${caller.name} / `}${name}`,
                through: [{ file: fileName, line: calledAt }, ...(caller?.through ?? [])],
                running,
              });
        for (const job of reading?.jobs ?? []) jobs.push(job);
        for (const [key, value] of reading?.outputs ?? []) outputs.set(`${name}.${key}`, value);
        return;
      }
    }
    for (const environment of [at(workflow, 'env'), at(job, 'env')]) {
      for (const [key, tree] of entriesOf(environment)) {
        if (tree.kind === 'text') run.state.variables.set(key, contexts.evaluate(tree.text));
      }
    }
    const image = at(job, 'container');
    const imageText = image?.kind === 'text' ? image : at(image, 'image');
    const containers = [imageText, ...entriesOf(at(job, 'services')).map(([, service]) => at(service, 'image'))];
    for (const container of containers) {
      if (container?.kind !== 'text') continue;
      run.events.push({
        kind: 'step',
        name: 'container',
        version: '',
        inputs: new Map([['image', contexts.evaluate(container.text)]]),
        variables: new Map(run.state.variables),
        directory: empty,
        at: { file: fileName, line: container.line },
        through: run.through,
      });
    }
    const directory =
      textAt(job, 'defaults', 'run', 'working-directory') ?? textAt(workflow, 'defaults', 'run', 'working-directory');
    runSteps(
      {
        input,
        file: fileName,
        run,
        contexts,
        exported,
        directory: directory === undefined ? empty : folderBelow(empty, contexts.evaluate(directory)),
        enter: (id) => (step = id),
        shell: textAt(job, 'defaults', 'run', 'shell') ?? textAt(workflow, 'defaults', 'run', 'shell'),
        running: new Set(),
      },
      listAt(job, 'steps')?.items ?? [],
    );
    for (const [key, tree] of entriesOf(at(job, 'outputs'))) {
      if (tree.kind === 'text') outputs.set(`${name}.${key}`, contexts.evaluate(tree.text));
    }
    const environment = at(job, 'environment');
    const environmentName = environment?.kind === 'text' ? environment.text : textAt(environment, 'name');
    jobs.push({
      system: 'github',
      file: fileName,
      name: caller === undefined ? name : `${caller.name} / ${name}`,
      line,
      triggers: (caller?.triggersOf ?? ((names: readonly string[]) => triggersOf(workflow, names)))(kept),
      environment: environmentName === undefined ? undefined : contexts.evaluate(environmentName),
      events: run.events,
      names: [...namesIn(workflow, job), ...asked],
      token: grantsToken(at(job, 'permissions') ?? at(workflow, 'permissions')),
    });
  };
  const fileName = file;
  for (const [name, job] of entriesOf(at(workflow, 'jobs'))) if (job.kind === 'map') follow(name, job);
  const handed = new Map<string, Value>();
  const declared = at(at(workflow, 'on') ?? at(workflow, 'true'), 'workflow_call', 'outputs');
  for (const [name, tree] of entriesOf(declared)) {
    const expression = textAt(tree, 'value');
    if (expression === undefined) continue;
    handed.set(
      name,
      evaluateText(expression.replaceAll('jobs.', 'needs.'), contextsFor(undefined, undefined, undefined)),
    );
  }
  return { jobs, outputs: handed };
}

/** Follows a composite action by itself, where no workflow of the repository uses it. */
export function readComposite(
  input: CiInput,
  file: string,
  action: Tree,
  inputs: ReadonlyMap<string, Value>,
): WorkflowReading {
  const asked = new Set<string>();
  const exported = new Map<string, Value>();
  let step = '';
  const run = newJobRun(
    input.files,
    {
      unset: (name) => unknown(`$${name}`),
      wrote: (target, key, value) => {
        if (target === 'GITHUB_OUTPUT') add(contexts.steps, `${step}.${key}`, value);
        if (target === 'GITHUB_ENV') add(exported, key, value);
      },
    },
    new Map(),
  );
  const contexts: Contexts = {
    inputs,
    secrets: new Map(),
    needs: new Map(),
    asked,
    matrix: undefined,
    event: undefined,
    steps: new Map(),
    variable: (name) => run.state.variables.get(name),
    evaluate: (text) => evaluateText(text, contexts),
  };
  runSteps(
    {
      input,
      file,
      run,
      contexts,
      exported,
      directory: empty,
      enter: (id) => (step = id),
      shell: undefined,
      running: new Set(),
    },
    itemsOf(at(action, 'runs', 'steps')),
  );
  const job: CiJob = {
    system: 'github',
    file,
    name: textAt(action, 'name') ?? file,
    line: 1,
    triggers: { events: [], branches: [], tags: [], pullRequests: false, others: true },
    environment: undefined,
    events: run.events,
    names: [...namesIn(action, action), ...asked],
    token: true,
  };
  return { jobs: [job], outputs: new Map() };
}

function add(values: Map<string, Value>, name: string, value: Value): void {
  const before = values.get(name);
  values.set(name, before === undefined ? value : [...before, ...value]);
}

function grantsToken(permissions: Tree | undefined): boolean {
  if (permissions === undefined) return false;
  if (permissions.kind === 'text') return permissions.text === 'write-all';
  return textAt(permissions, 'id-token') === 'write';
}

/** The names of variables that the job sets, and of what its expressions ask for. */
function namesIn(workflow: Tree, job: Tree): string[] {
  const names = [...entriesOf(at(workflow, 'env')), ...entriesOf(at(job, 'env'))].map(([name]) => name);
  for (const step of itemsOf(at(job, 'steps'))) names.push(...entriesOf(at(step, 'env')).map(([name]) => name));
  for (const { text } of everyText(job)) {
    for (const [, name] of text.matchAll(/\b(?:secrets|vars)\.([A-Za-z_][A-Za-z0-9_]*)/g)) names.push(name!);
  }
  return names;
}
