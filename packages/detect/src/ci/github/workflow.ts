import type { CiJob } from '../../event.js';
import { isFalse } from '../../expressions/evaluate.js';
import { fileAt } from '../../files.js';
import { mergeEvents } from '../../jobs/merge-events.js';
import { empty, oneOf, unknown, type Value } from '../../values/value.js';
import { at, entriesOf, mapAt, textAt, textsOf } from '../../yaml/access.js';
import { readYaml, type Tree } from '../../yaml/tree.js';
import type { CiInput } from '../reader.js';
import { asExpression, evaluateText, type Contexts } from './contexts.js';
import { readJob } from './job.js';
import { combinationsOf } from './matrix.js';
import { namesIn } from './names.js';
import { contextsOf, type CallingJob, type WorkflowScope } from './scope.js';
import { eventsOf, triggersOf, workflowInputs } from './triggers.js';

/** The jobs of a workflow, and what it hands on to one that calls it. */
export interface WorkflowReading {
  readonly jobs: readonly CiJob[];
  readonly outputs: ReadonlyMap<string, Value>;
}

const deepestCalls = 8;

/** Follows a workflow of GitHub Actions. */
export function readWorkflow(input: CiInput, file: string, workflow: Tree, caller?: CallingJob): WorkflowReading {
  const scope: WorkflowScope = {
    input,
    file,
    workflow,
    caller,
    inputs: new Map([...workflowInputs(workflow), ...(caller?.inputs ?? [])]),
    secrets: caller?.secrets ?? new Map(),
    outputs: new Map(),
    asked: new Set(),
  };
  const own = eventsOf(workflow);
  const events = caller?.events ?? own.filter((event) => event !== 'workflow_call' || own.length === 1);
  const jobs: CiJob[] = [];
  const done = new Set<string>();
  const follow = (name: string, job: Tree): void => {
    if (done.has(name)) return;
    done.add(name);
    for (const needed of textsOf(at(job, 'needs'))) {
      const other = at(workflow, 'jobs', needed);
      if (other !== undefined) follow(needed, other);
    }
    const kept = events.filter((event) => mayRun(scope, job, event));
    if (events.length === 0 ? mayRun(scope, job, undefined) : kept.length > 0)
      jobs.push(...followJob(scope, name, job, kept));
  };
  for (const [name, job] of entriesOf(at(workflow, 'jobs'))) if (job.node === 'mapping') follow(name, job);
  return { jobs, outputs: outputsOf(scope) };
}

/** Whether the condition of a job lets it run for an event, as far as that can be told. */
function mayRun(scope: WorkflowScope, job: Tree, event: string | undefined): boolean {
  const condition = textAt(job, 'if');
  if (condition === undefined) return true;
  const contexts = contextsOf(scope, at(job, 'strategy', 'matrix'), undefined, event);
  return !contexts.evaluate(asExpression(condition)).every(isFalse);
}

function followJob(scope: WorkflowScope, name: string, job: Tree, kept: readonly string[]): readonly CiJob[] {
  const called = textAt(job, 'uses');
  if (called !== undefined) return followCall(scope, name, job, called, kept);
  const { workflow, caller, file } = scope;
  const event = kept.length === 1 ? kept[0] : undefined;
  const readings = combinationsOf(at(job, 'strategy', 'matrix')).map((matrix) => readJob(scope, job, matrix, event));
  const environments = readings.flatMap(({ environment }) => environment ?? []);
  for (const { outputs } of readings) {
    for (const [key, value] of outputs) {
      const before = scope.outputs.get(`${name}.${key}`);
      scope.outputs.set(`${name}.${key}`, before === undefined ? value : oneOf([before, value]));
    }
  }
  return [
    {
      system: 'github',
      file,
      name: caller === undefined ? name : `${caller.name} / ${name}`,
      line: mapAt(workflow, 'jobs')?.lines.get(name) ?? job.line,
      triggers: caller === undefined ? triggersOf(workflow, kept) : caller.triggersOf(kept),
      environment: environments.length === 0 ? undefined : oneOf([environments]),
      events: mergeEvents(readings.map(({ events }) => events)),
      names: [...namesIn(workflow, job), ...scope.asked],
      token: grantsToken(at(job, 'permissions') ?? at(workflow, 'permissions')),
    },
  ];
}

/** A job that a workflow of another repository does: what it is given is all that is known of it. */
function jobElsewhere(
  scope: WorkflowScope,
  { name, job, called, kept, contexts }: CalledWorkflow & { readonly contexts: Contexts },
): CiJob {
  const { caller, file, workflow } = scope;
  const line = at(job, 'uses')?.line ?? job.line;
  const inputs = new Map([...valuesOf(at(job, 'with'), contexts), ...valuesOf(at(job, 'secrets'), contexts)]);
  const [uses = '', version = ''] = called.split('@');
  return {
    system: 'github',
    file,
    name: caller === undefined ? name : `${caller.name} / ${name}`,
    line,
    triggers: caller === undefined ? triggersOf(workflow, kept) : caller.triggersOf(kept),
    environment: undefined,
    events: [
      {
        kind: 'step',
        name: `uses ${uses}`,
        version,
        inputs,
        variables: new Map(),
        directory: empty,
        at: { file, line },
        through: caller?.through ?? [],
      },
    ],
    names: [],
    token: grantsToken(at(job, 'permissions') ?? at(workflow, 'permissions')),
  };
}

interface CalledWorkflow {
  readonly name: string;
  readonly job: Tree;
  readonly called: string;
  readonly kept: readonly string[];
}

/** Follows a workflow of the same repository that a job calls; of another one nothing is known but what it is given. */
function followCall(
  scope: WorkflowScope,
  name: string,
  job: Tree,
  called: string,
  kept: readonly string[],
): readonly CiJob[] {
  const { input, workflow, caller } = scope;
  const file = called.startsWith('./') ? fileAt(input.files, called) : undefined;
  const inner = file === undefined ? undefined : readYaml(file.text).tree;
  const running = new Set([...(caller?.running ?? [scope.file]), ...(file === undefined ? [] : [file.path])]);
  const contexts = contextsOf(scope, at(job, 'strategy', 'matrix'), undefined, kept.length === 1 ? kept[0] : undefined);
  if (/^[\w.-]+\/[\w.-]+\/\.github\/workflows\//.test(called))
    return [jobElsewhere(scope, { name, job, called, kept, contexts })];
  if (file === undefined || inner === undefined || caller?.running.has(file.path) || running.size > deepestCalls)
    return [];
  const line = at(job, 'uses')?.line ?? job.line;
  const reading = readWorkflow(input, file.path, inner, {
    inputs: valuesOf(at(job, 'with'), contexts),
    secrets: valuesOf(at(job, 'secrets'), contexts),
    events: kept,
    triggersOf: caller?.triggersOf ?? ((names) => triggersOf(workflow, names)),
    name: caller === undefined ? name : `${caller.name} / ${name}`,
    through: [{ file: scope.file, line }, ...(caller?.through ?? [])],
    running,
  });
  for (const [key, value] of reading.outputs) scope.outputs.set(`${name}.${key}`, value);
  return reading.jobs;
}

function valuesOf(tree: Tree | undefined, contexts: Contexts): Map<string, Value> {
  return new Map(
    entriesOf(tree).map(([key, value]) => [
      key,
      value.node === 'scalar' ? contexts.evaluate(value.text) : unknown(key),
    ]),
  );
}

/** What a workflow hands on to its caller. */
function outputsOf(scope: WorkflowScope): Map<string, Value> {
  const declared = at(at(scope.workflow, 'on') ?? at(scope.workflow, 'true'), 'workflow_call', 'outputs');
  const contexts = contextsOf(scope, undefined, undefined, undefined);
  return new Map(
    entriesOf(declared).flatMap(([name, tree]) => {
      const expression = textAt(tree, 'value');
      return expression === undefined
        ? []
        : [[name, evaluateText(expression.replaceAll('jobs.', 'needs.'), contexts)] as const];
    }),
  );
}

function grantsToken(permissions: Tree | undefined): boolean {
  if (permissions === undefined) return false;
  if (permissions.node === 'scalar') return permissions.text === 'write-all';
  return textAt(permissions, 'id-token') === 'write';
}
