import { at, entriesOf, everyText, itemsOf } from '../../yaml/access.js';
import type { Tree } from '../../yaml/tree.js';

/** The names of variables that a job sets, and of the secrets and variables that its expressions ask for. */
export function namesIn(workflow: Tree, job: Tree): string[] {
  const steps = itemsOf(at(job, 'steps')).map((step) => at(step, 'env'));
  const names = [at(workflow, 'env'), at(job, 'env'), ...steps].flatMap((env) => entriesOf(env).map(([name]) => name));
  for (const { text } of everyText(job)) {
    for (const [, name] of text.matchAll(/\b(?:secrets|vars)\.([A-Za-z_][A-Za-z0-9_]*)/g)) names.push(name!);
  }
  return names;
}
