import type { CiJob } from '../../event.js';
import { empty, type Value } from '../../values/value.js';
import { at, itemsOf, textAt } from '../../yaml/access.js';
import type { Tree } from '../../yaml/tree.js';
import type { CiInput } from '../reader.js';
import { startSteps } from './job.js';
import { namesIn } from './names.js';
import type { WorkflowScope } from './scope.js';
import { runSteps } from './steps.js';
import { inputsOf } from './triggers.js';

/** Follows a composite action by itself, where no workflow of the repository uses it. */
export function readComposite(input: CiInput, file: string, action: Tree): CiJob {
  const scope: WorkflowScope = {
    input,
    file,
    workflow: action,
    caller: undefined,
    inputs: inputsOf(at(action, 'inputs')),
    secrets: new Map(),
    outputs: new Map<string, Value>(),
    asked: new Set(),
  };
  const started = startSteps(scope, undefined, undefined);
  runSteps(
    { ...started, input, file, directory: empty, shell: undefined, running: new Set([file]) },
    itemsOf(at(action, 'runs', 'steps')),
  );
  return {
    system: 'github',
    file,
    name: textAt(action, 'name') ?? file,
    line: 1,
    triggers: { events: [], branches: [], tags: [], pullRequests: false, others: true },
    environment: undefined,
    events: started.run.events,
    names: [...namesIn(action, action), ...scope.asked],
    token: true,
  };
}
