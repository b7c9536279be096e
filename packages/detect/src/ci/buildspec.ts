import type { CiJob } from '../event.js';
import { fileAt } from '../files.js';
import { emitStep } from '../jobs/follow-script.js';
import { literal, oneOf, unknown, type Value } from '../values/value.js';
import { at, entriesOf, itemsOf, textAt, textsOf } from '../yaml/access.js';
import { readYaml, type Tree } from '../yaml/tree.js';
import type { CiInput } from './reader.js';
import { anyTrigger, expandAll, finishJob, followText, startShellJob, variablesOf } from './shell-job.js';

/** Follows a buildspec of CodeBuild, and those that its batch names. */
export function readBuildspec(input: CiInput, file: string, tree: Tree): CiJob[] {
  const builds = buildsOf(at(tree, 'batch'));
  const others = builds.flatMap((build) => {
    const other = build.buildspec === undefined ? undefined : fileAt(input.files, build.buildspec);
    const inner = other === undefined || other.path === file ? undefined : readYaml(other.text).tree;
    return inner === undefined ? [] : [readOne(input, other!.path, inner, [build.variables])];
  });
  const own = builds.filter(({ buildspec }) => buildspec === undefined).map(({ variables }) => variables);
  return [readOne(input, file, tree, own), ...others];
}

/** One build of a batch: where its buildspec is, if it has one of its own, and what it sets. */
interface Build {
  readonly buildspec: string | undefined;
  readonly variables: ReadonlyMap<string, Value>;
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build-buildspec.html */
function buildsOf(batch: Tree | undefined): Build[] {
  const named = [...itemsOf(at(batch, 'build-graph')), ...itemsOf(at(batch, 'build-list'))].map((item) => ({
    buildspec: textAt(item, 'buildspec'),
    variables: variablesOf(entriesOf(at(item, 'env', 'variables'))),
  }));
  const [fixed, varied] = [at(batch, 'build-matrix', 'static'), at(batch, 'build-matrix', 'dynamic')];
  if (fixed === undefined && varied === undefined) return named;
  const values = entriesOf(at(varied, 'env', 'variables')).map(
    ([name, value]) => [name, oneOf(textsOf(value).map(literal))] as const,
  );
  const variables = new Map([...variablesOf(entriesOf(at(fixed, 'env', 'variables'))), ...values]);
  const specs = [...textsOf(at(fixed, 'buildspec')), ...textsOf(at(varied, 'buildspec'))];
  const matrix = (specs.length === 0 ? [undefined] : specs).map((buildspec) => ({ buildspec, variables }));
  return [...named, ...matrix];
}

/** What the builds set, and what the buildspec itself does where one of them does not. */
function variedBy(
  own: ReadonlyMap<string, Value>,
  builds: readonly ReadonlyMap<string, Value>[],
): ReadonlyMap<string, Value> {
  const names = new Set(builds.flatMap((build) => [...build.keys()]));
  const varied = [...names].map((name) => {
    const values = builds.map((build) => build.get(name) ?? own.get(name));
    return [name, oneOf(values.flatMap((value) => (value === undefined ? [] : [value])))] as const;
  });
  return new Map([...own, ...varied]);
}

function readOne(input: CiInput, file: string, tree: Tree, builds: readonly ReadonlyMap<string, Value>[]): CiJob {
  const env = at(tree, 'env');
  const variables = new Map(expandAll(variedBy(variablesOf(entriesOf(at(env, 'variables'))), builds)));
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
  return finishJob(run, variables, { system: 'buildspec', file, name: 'build', line: 1, triggers: anyTrigger, tree });
}
