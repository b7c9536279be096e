import type { CiJob, Triggers } from '../event.js';
import { emitStep } from '../jobs/follow-script.js';
import { literal, type Value } from '../values/value.js';
import { at, entriesOf, itemsOf, textAt } from '../yaml/access.js';
import type { Tree } from '../yaml/tree.js';
import type { CiInput } from './reader.js';
import { anyTrigger, expandVariables, finishJob, followText, startShellJob } from './shell-job.js';

/** Follows the pipelines of Bitbucket. */
export function readBitbucket(input: CiInput, file: string, tree: Tree): CiJob[] {
  const jobs: CiJob[] = [];
  for (const [kind, pipeline] of entriesOf(at(tree, 'pipelines'))) {
    const several = pipeline.node === 'mapping' ? entriesOf(pipeline) : [[kind, pipeline] as const];
    for (const [name, steps] of several) {
      for (const step of stepsOf(steps)) jobs.push(followStep(input, file, step, triggersOf(kind, name)));
    }
  }
  return jobs;
}

/** The steps of a pipeline, also those that run beside each other and those of a stage. */
function stepsOf(tree: Tree): Tree[] {
  return itemsOf(tree).flatMap((item): Tree[] => {
    const step = at(item, 'step');
    if (step !== undefined) return [step];
    const parallel = at(item, 'parallel');
    if (parallel !== undefined) return stepsOf(at(parallel, 'steps') ?? parallel);
    const stage = at(item, 'stage', 'steps');
    return stage === undefined ? [] : stepsOf(stage);
  });
}

function triggersOf(kind: string, name: string): Triggers {
  if (kind === 'pull-requests') return { ...anyTrigger, pullRequests: true, others: false };
  if (kind === 'branches') return { ...anyTrigger, branches: [name] };
  return kind === 'tags' ? { ...anyTrigger, tags: [name] } : anyTrigger;
}

function followStep(input: CiInput, file: string, step: Tree, triggers: Triggers): CiJob {
  const variables = new Map<string, Value>();
  const run = startShellJob(input, variables);
  const image = textAt(step, 'image') ?? textAt(step, 'image', 'name');
  if (image !== undefined) {
    emitStep(run, {
      name: 'container',
      version: '',
      inputs: new Map([['image', expandVariables(literal(image), variables)]]),
      at: { file, line: at(step, 'image')!.line },
    });
  }
  for (const key of ['script', 'after-script']) {
    for (const item of itemsOf(at(step, key))) {
      if (item.node === 'scalar') followText(run, file, item);
      const pipe = at(item, 'pipe');
      if (pipe?.node !== 'scalar') continue;
      const [name, version = ''] = pipe.text.replace(/^docker:\/\//, '').split(':') as [string, string?];
      const inputs = new Map(
        entriesOf(at(item, 'variables')).flatMap(([variable, value]) =>
          value.node === 'scalar'
            ? [[variable, expandVariables(literal(value.text), run.state.variables)] as const]
            : [],
        ),
      );
      emitStep(run, { name: `pipe ${name}`, version, inputs, at: { file, line: pipe.line } });
    }
  }
  const environment = textAt(step, 'deployment');
  return finishJob(run, variables, {
    system: 'bitbucket',
    file,
    name: textAt(step, 'name') ?? 'step',
    line: step.line,
    triggers,
    environment: environment === undefined ? undefined : literal(environment),
    token: textAt(step, 'oidc') === 'true',
    tree: step,
  });
}
