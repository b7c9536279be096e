import type { CiEvent } from '../../event.js';
import { emitStep } from '../../jobs/follow-script.js';
import { folderBelow, newJobRun, type JobHost, type JobRun } from '../../jobs/job-run.js';
import { empty, onlyLiteral, unknown, type Value } from '../../values/value.js';
import { at, entriesOf, listAt, textAt } from '../../yaml/access.js';
import type { Tree } from '../../yaml/tree.js';
import type { Contexts } from './contexts.js';
import { contextsOf, type WorkflowScope } from './scope.js';
import { runSteps } from './steps.js';

/** What a job does and hands on, for one combination of its matrix. */
export interface JobReading {
  readonly events: readonly CiEvent[];
  readonly outputs: ReadonlyMap<string, Value>;
  readonly environment: Value | undefined;
}

/** Follows the steps of a job. @param event what starts it, where only one event does */
export function readJob(
  scope: WorkflowScope,
  job: Tree,
  matrix: Tree | undefined,
  event: string | undefined,
): JobReading {
  const { run, contexts, exported, enter } = startSteps(scope, matrix, event);
  for (const environment of [at(scope.workflow, 'env'), at(job, 'env')]) {
    for (const [key, tree] of entriesOf(environment)) {
      if (tree.node === 'scalar') run.state.variables.set(key, contexts.evaluate(tree.text));
    }
  }
  for (const image of imagesOf(job)) {
    if (image?.node !== 'scalar') continue;
    const site = { file: scope.file, line: image.line };
    emitStep(run, {
      name: 'container',
      version: '',
      inputs: new Map([['image', contexts.evaluate(image.text)]]),
      at: site,
    });
  }
  const setting = (key: string) =>
    textAt(job, 'defaults', 'run', key) ?? textAt(scope.workflow, 'defaults', 'run', key);
  const directory = setting('working-directory');
  const runner = contexts.evaluate(textAt(job, 'runs-on') ?? '');
  const onWindows = onlyLiteral(runner)?.startsWith('windows-') === true;
  runSteps(
    {
      input: scope.input,
      file: scope.file,
      run,
      contexts,
      exported,
      directory: directory === undefined ? empty : folderBelow(empty, contexts.evaluate(directory)),
      enter,
      shell: setting('shell') ?? (onWindows ? 'pwsh' : undefined),
      running: new Set(),
    },
    listAt(job, 'steps')?.items ?? [],
  );
  const outputs = entriesOf(at(job, 'outputs')).flatMap(([key, tree]) =>
    tree.node === 'scalar' ? [[key, contexts.evaluate(tree.text)] as const] : [],
  );
  const environment = textAt(job, 'environment') ?? textAt(job, 'environment', 'name');
  return {
    events: run.events,
    outputs: new Map(outputs),
    environment: environment === undefined ? undefined : contexts.evaluate(environment),
  };
}

/** The images that a job and its services run in. */
function imagesOf(job: Tree): (Tree | undefined)[] {
  const container = at(job, 'container');
  const services = entriesOf(at(job, 'services')).map(([, service]) => at(service, 'image'));
  return [container?.node === 'scalar' ? container : at(container, 'image'), ...services];
}

/** What steps are followed in, before the first of them. */
export interface StartedSteps {
  readonly run: JobRun;
  readonly contexts: Contexts;
  readonly exported: Map<string, Value>;
  readonly enter: (id: string) => void;
}

export function startSteps(scope: WorkflowScope, matrix: Tree | undefined, event: string | undefined): StartedSteps {
  let step = '';
  const exported = new Map<string, Value>();
  const host: JobHost = {
    unset: (variable) => unknown(`$${variable}`),
    wrote: (target, key, value) => {
      if (target === 'GITHUB_OUTPUT') add(contexts.steps, `${step}.${key}`, value);
      if (target === 'GITHUB_ENV') add(exported, key, value);
      if (target === 'file') exported.set(key, value);
    },
  };
  const run = newJobRun(scope.input.files, host, new Map());
  run.through = scope.caller?.through ?? [];
  const contexts = contextsOf(scope, matrix, run, event);
  return { run, contexts, exported, enter: (id) => (step = id) };
}

/** What is written twice may be either: a step that writes it may be skipped. */
function add(values: Map<string, Value>, name: string, value: Value): void {
  const before = values.get(name);
  values.set(name, before === undefined ? value : [...before, ...value]);
}
