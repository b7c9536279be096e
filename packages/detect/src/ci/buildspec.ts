import type { CiJob } from '../event.js';
import { emitStep } from '../jobs/follow-script.js';
import { literal, oneOf, unknown, type Value } from '../values/value.js';
import { at, entriesOf, itemsOf, textAt } from '../yaml/access.js';
import type { Tree } from '../yaml/tree.js';
import type { CiInput } from './reader.js';
import { anyTrigger, expandAll, finishJob, followText, startShellJob, variablesOf } from './shell-job.js';

/** Follows a buildspec of CodeBuild. */
export function readBuildspec(input: CiInput, file: string, tree: Tree): CiJob[] {
  const env = at(tree, 'env');
  const variables = new Map(expandAll(variablesOf(entriesOf(at(env, 'variables')))));
  const run = startShellJob(input, variables);
  for (const [kind, name] of [
    ['parameter-store', 'parameters'],
    ['secrets-manager', 'secrets'],
  ] as const) {
    const entries = entriesOf(at(env, kind)).flatMap(([variable, value]) =>
      value.node === 'scalar' ? [[variable, value] as const] : [],
    );
    if (entries.length === 0) continue;
    const line = env?.node === 'mapping' ? (env.lines.get(kind) ?? env.line) : 1;
    const inputs = new Map([[name, oneOf(entries.map(([, { text }]) => literal(text)))]]);
    emitStep(run, { name: `buildspec ${kind}`, version: '', inputs, at: { file, line } });
    for (const [variable] of entries) variables.set(variable, unknown(`$${variable}`));
  }
  run.state.variables = new Map(variables);
  for (const [, phase] of entriesOf(at(tree, 'phases'))) {
    for (const key of ['commands', 'finally']) {
      for (const command of itemsOf(at(phase, key))) if (command.node === 'scalar') followText(run, file, command);
    }
  }
  const location = textAt(tree, 'cache', 'location');
  if (location !== undefined) {
    const bucket: Value = literal(location.split('/')[0]!);
    emitStep(run, {
      name: 'buildspec cache',
      version: '',
      inputs: new Map([['bucket', bucket]]),
      at: { file, line: at(tree, 'cache')!.line },
    });
  }
  return [finishJob(run, variables, { system: 'buildspec', file, name: 'build', line: 1, triggers: anyTrigger, tree })];
}
