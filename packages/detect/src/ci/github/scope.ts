import type { Site, Triggers } from '../../event.js';
import type { JobRun } from '../../jobs/job-run.js';
import type { Value } from '../../values/value.js';
import type { Tree } from '../../yaml/tree.js';
import type { CiInput } from '../reader.js';
import { evaluateText, type Contexts } from './contexts.js';

/** What a workflow is called with, where another one calls it. */
export interface CallingJob {
  readonly inputs: ReadonlyMap<string, Value>;
  readonly secrets: ReadonlyMap<string, Value>;
  readonly events: readonly string[];
  readonly triggersOf: (events: readonly string[]) => Triggers;
  readonly name: string;
  readonly through: readonly Site[];
  /** The files that call each other. */
  readonly running: ReadonlySet<string>;
}

/** A workflow while it is followed. */
export interface WorkflowScope {
  readonly input: CiInput;
  readonly file: string;
  readonly workflow: Tree;
  readonly caller: CallingJob | undefined;
  readonly inputs: ReadonlyMap<string, Value>;
  readonly secrets: ReadonlyMap<string, Value>;
  /** The outputs of jobs that were followed: `job.output`. */
  readonly outputs: Map<string, Value>;
  readonly asked: Set<string>;
}

/** What expressions see in a job, or where there is none. */
export function contextsOf(
  scope: WorkflowScope,
  matrix: Tree | undefined,
  run: JobRun | undefined,
  event: string | undefined,
): Contexts {
  const contexts: Contexts = {
    inputs: scope.inputs,
    secrets: scope.secrets,
    needs: scope.outputs,
    asked: scope.asked,
    matrix,
    event,
    steps: new Map(),
    variable: (name) => run?.state.variables.get(name),
    evaluate: (text) => evaluateText(text, contexts),
  };
  return contexts;
}
