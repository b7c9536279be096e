import type { Triggers } from '../../event.js';
import { literal, oneOf, unknown, withDefault, type Value } from '../../values/value.js';
import { at, entriesOf, itemsOf, textAt, textsOf } from '../../yaml/access.js';
import type { Tree } from '../../yaml/tree.js';

/** The names of the events that start a workflow. */
export function eventsOf(workflow: Tree): string[] {
  const on = at(workflow, 'on') ?? at(workflow, 'true');
  return on?.node === 'mapping' ? [...on.entries.keys()] : textsOf(on);
}

/** What starts a job, of the events that its conditions let through. */
export function triggersOf(workflow: Tree, events: readonly string[]): Triggers {
  const on = at(workflow, 'on') ?? at(workflow, 'true');
  const pullRequests = events.filter((event) => event.startsWith('pull_request'));
  // `!name` takes from what the others let in: a trust policy has no word for that.
  const patterns = (kind: string) =>
    events.includes('push') ? textsOf(at(on, 'push', kind)).filter((text) => !text.startsWith('!')) : [];
  return {
    events,
    branches: patterns('branches'),
    tags: patterns('tags'),
    pullRequests: pullRequests.length > 0,
    others: pullRequests.length < events.length || events.length === 0,
  };
}

/** What the inputs of a workflow or an action may hold, as far as their declaration says. */
export function inputsOf(declarations: Tree | undefined): Map<string, Value> {
  return new Map(entriesOf(declarations).map(([name, declaration]) => [name, inputValue(name, declaration)]));
}

function inputValue(name: string, declaration: Tree): Value {
  const options = itemsOf(at(declaration, 'options')).flatMap((item) => (item.node === 'scalar' ? [item.text] : []));
  if (options.length > 0) return oneOf(options.map(literal));
  if (textAt(declaration, 'type') === 'boolean') return oneOf([literal('true'), literal('false')]);
  const given = textAt(declaration, 'default');
  return given === undefined || given.includes('${{')
    ? unknown(`inputs.${name}`)
    : withDefault(literal(given), `inputs.${name}`);
}

/** The inputs that a workflow takes, from whoever starts it. */
export function workflowInputs(workflow: Tree): Map<string, Value> {
  const on = at(workflow, 'on') ?? at(workflow, 'true');
  const inputs = inputsOf(at(on, 'workflow_dispatch', 'inputs'));
  for (const [name, value] of inputsOf(at(on, 'workflow_call', 'inputs'))) {
    const other = inputs.get(name);
    inputs.set(name, other === undefined ? value : oneOf([value, other]));
  }
  return inputs;
}
