import type { CiJob, Triggers } from '../event.js';
import { emitStep } from '../jobs/follow-script.js';
import type { Expressions } from '../shell/placeholders.js';
import { literal, oneOf, unknown, type Value } from '../values/value.js';
import { at, entriesOf, everyText, itemsOf, textAt, textsOf } from '../yaml/access.js';
import type { Tree } from '../yaml/tree.js';
import type { CiInput } from './reader.js';
import {
  anyTrigger,
  expandAll,
  expandVariables,
  finishJob,
  followText,
  startShellJob,
  valueOfText,
  variablesOf,
} from './shell-job.js';

/** Follows a pipeline of Buildkite. */
export function readBuildkite(input: CiInput, file: string, tree: Tree): CiJob[] {
  const common = variablesOf(entriesOf(at(tree, 'env')));
  return stepsOf(tree.node === 'sequence' ? tree : at(tree, 'steps')).map((step) =>
    followStep(input, file, step, common),
  );
}

function stepsOf(tree: Tree | undefined): Tree[] {
  return itemsOf(tree).flatMap((item) => {
    if (item.node !== 'mapping') return [];
    const inner = at(item, 'steps');
    return inner === undefined ? [item] : stepsOf(inner);
  });
}

function followStep(input: CiInput, file: string, step: Tree, common: ReadonlyMap<string, Value>): CiJob {
  const matrix = matrixOf(at(step, 'matrix'));
  const variables = expandAll(new Map([...common, ...variablesOf(entriesOf(at(step, 'env')), matrix)]));
  const run = startShellJob(input, variables);
  const plugins = itemsOf(at(step, 'plugins')).flatMap((item) =>
    item.node === 'scalar'
      ? [[item.text, item] as const]
      : entriesOf(item).map(([name, config]) => [name, config] as const),
  );
  for (const [name, config] of plugins) {
    const [full, version = ''] = name.split('#') as [string, string?];
    const line = lineOf(at(step, 'plugins'), name) ?? step.line;
    const inputs = new Map(entriesOf(config).map(([key, value]) => [key, inputOf(value, run.state.variables, matrix)]));
    const short = full
      .replace(/^(.*github\.com[/:])?buildkite-plugins\//, '')
      .replace(/-buildkite-plugin(\.git)?$/, '');
    emitStep(run, { name: `plugin ${short}`, version, inputs, at: { file, line } });
  }
  for (const command of [...itemsOf(at(step, 'command')), ...itemsOf(at(step, 'commands'))]) {
    if (command.node === 'scalar')
      followText(run, file, { ...command, text: command.text.replace(/\$\$/g, '$') }, matrix);
  }
  const branches = textsOf(at(step, 'branches'))
    .flatMap((text) => text.split(/\s+/))
    .filter((name) => !name.startsWith('!'));
  const triggers: Triggers = { ...anyTrigger, branches };
  return finishJob(run, variables, {
    system: 'buildkite',
    file,
    name: textAt(step, 'label') ?? 'step',
    line: step.line,
    triggers,
    tree: step,
  });
}

/** What a setting of a plugin holds: all texts of a list or a map in it. */
function inputOf(tree: Tree, variables: ReadonlyMap<string, Value>, matrix: Expressions): Value {
  const texts = everyText(tree).map(({ text }) =>
    expandVariables(valueOfText(text.replace(/\$\$/g, '$'), matrix), variables),
  );
  return texts.length === 0 ? unknown('a setting') : oneOf(texts);
}

/**
 * `{{matrix}}` and `{{matrix.NAME}}` stand for each of their values.
 * @see https://buildkite.com/docs/pipelines/configure/workflows/build-matrix
 */
function matrixOf(tree: Tree | undefined): Expressions {
  const setup = at(tree, 'setup') ?? tree;
  const values = new Map<string, string[]>();
  const add = (name: string, from: Tree) => values.set(name, [...(values.get(name) ?? []), ...textsOf(from)]);
  const addAll = (from: Tree) =>
    from.node === 'mapping' ? entriesOf(from).forEach(([name, one]) => add(name, one)) : add('', from);
  if (setup !== undefined) addAll(setup);
  for (const adjustment of itemsOf(at(tree, 'adjustments'))) {
    const added = at(adjustment, 'with');
    const skips = textAt(adjustment, 'skip');
    if (added !== undefined && (skips === undefined || skips === 'false')) addAll(added);
  }
  return {
    open: '{{',
    close: '}}',
    evaluate: (inner) => {
      const named = /^\s*matrix(?:\.([\w-]+))?\s*$/.exec(inner);
      if (named === null) return undefined;
      const [, name = ''] = named;
      const known = [...new Set(values.get(name))];
      return known.length === 0 ? unknown(`matrix${name === '' ? '' : `.${name}`}`) : oneOf(known.map(literal));
    },
  };
}

function lineOf(plugins: Tree | undefined, name: string): number | undefined {
  for (const item of itemsOf(plugins)) {
    if (item.node === 'scalar' && item.text === name) return item.line;
    if (item.node === 'mapping' && item.lines.has(name)) return item.lines.get(name);
  }
  return undefined;
}
