import type { Site } from '../../event.js';
import { isFalse } from '../../expressions/evaluate.js';
import { fileAt } from '../../files.js';
import { emitStep, followScript } from '../../jobs/follow-script.js';
import { folderBelow, type JobRun } from '../../jobs/job-run.js';
import { programOfAction } from '../../jobs/wrappers.js';
import { mask } from '../../shell/placeholders.js';
import { concat, empty, literal, onlyLiteral, settled, unknown, type Value } from '../../values/value.js';
import { at, entriesOf, itemsOf, textAt } from '../../yaml/access.js';
import { readYaml, type Tree } from '../../yaml/tree.js';
import type { CiInput } from '../reader.js';
import { asPosixTree } from '../../jobs/windows.js';
import { asExpression, evaluateText, type Contexts } from './contexts.js';
import { inputsOf } from './triggers.js';

/** What the steps of a job or of a composite action run in. */
export interface StepsRun {
  readonly input: CiInput;
  readonly file: string;
  readonly run: JobRun;
  readonly contexts: Contexts;
  /** What was written to GITHUB_ENV: it holds for the steps behind. */
  readonly exported: Map<string, Value>;
  readonly directory: Value;
  /** Is told the id of the step that runs. */
  readonly enter: (id: string) => void;
  readonly shell: string | undefined;
  /** The local actions that are being followed. */
  readonly running: ReadonlySet<string>;
}

/** Follows steps in their order. */
export function runSteps(steps: StepsRun, items: readonly Tree[]): void {
  const { run, contexts } = steps;
  const variables = run.state.variables;
  for (const step of items) {
    if (step.node !== 'mapping') continue;
    run.state.variables = new Map([...variables, ...steps.exported]);
    const condition = textAt(step, 'if');
    if (condition !== undefined && contexts.evaluate(asExpression(condition)).every(isFalse)) continue;
    for (const [name, tree] of entriesOf(at(step, 'env'))) {
      if (tree.node === 'scalar') run.state.variables.set(name, contexts.evaluate(tree.text));
    }
    const directory = textAt(step, 'working-directory');
    run.state.directory =
      directory === undefined ? steps.directory : folderBelow(empty, settled(contexts.evaluate(directory)));
    run.state.functions = new Map();
    run.state.positional = [];
    steps.enter(textAt(step, 'id') ?? '');
    const uses = textAt(step, 'uses');
    if (uses !== undefined) runAction(steps, step, uses);
    else runShell(steps, step);
  }
  run.state.variables = variables;
}

function runShell(steps: StepsRun, step: Tree): void {
  const script = at(step, 'run');
  if (script?.node !== 'scalar') return;
  const shell = textAt(step, 'shell') ?? steps.shell ?? 'bash';
  if (!/^(bash|sh|pwsh|powershell|zsh|cmd)\b/.test(shell) && !shell.includes('bash')) return;
  const windows = /^(pwsh|powershell)\b/.test(shell) ? 'powershell' : shell.startsWith('cmd') ? 'cmd' : undefined;
  const written = windows === undefined ? script : asPosixTree(script, windows);
  const { text, values, writtenAt } = mask(written.text, {
    open: '${{',
    close: '}}',
    evaluate: (inner) => evaluateText(`\${{${inner}}}`, steps.contexts),
  });
  followScript(steps.run, {
    text,
    masked: values,
    siteAt: (offset) => ({ file: steps.file, line: written.lineAt(writtenAt(offset)) }),
  });
}

function runAction(steps: StepsRun, step: Tree, uses: string): void {
  const { contexts, run } = steps;
  const inputs = new Map(
    entriesOf(at(step, 'with')).map(([name, tree]) => [
      name,
      tree.node === 'scalar' ? contexts.evaluate(tree.text.trim()) : unknown(name),
    ]),
  );
  const line = step.node === 'mapping' ? (at(step, 'uses')?.line ?? step.line) : step.line;
  const site = { file: steps.file, line };
  if (uses.startsWith('./') || uses.startsWith('../')) {
    const file = fileAt(steps.input.files, `${uses}/action.yml`) ?? fileAt(steps.input.files, `${uses}/action.yaml`);
    if (file !== undefined && !steps.running.has(file.path)) {
      runComposite(steps, file, inputs, site, textAt(step, 'id') ?? '');
      return;
    }
  }
  const [name, version = ''] = uses.split('@') as [string, string?];
  const given = at(step, 'with');
  const lines = given?.node === 'mapping' ? given.lines : new Map<string, number>();
  const program = programOfAction(name);
  if (program !== undefined && textAt(given, 'args') !== undefined) {
    runProgram(steps, textAt(given, 'entrypoint') ?? program, textAt(given, 'args')!, site);
    return;
  }
  emitStep(run, { name: `uses ${name}`, version, inputs, lines, at: site });
  const region = inputs.get('aws-region');
  if (region !== undefined) {
    for (const variable of ['AWS_REGION', 'AWS_DEFAULT_REGION']) steps.exported.set(variable, region);
  }
  const outputs = steps.input.outputsOf(`uses ${name}`);
  const id = textAt(step, 'id');
  if (outputs === undefined || id === undefined) return;
  for (const [output, template] of Object.entries(outputs)) {
    contexts.steps.set(`${id}.${output}`, outputValue(template, steps, inputs));
  }
}

/** Runs the program of an action with the words that it is given, as a script of one line. */
function runProgram(steps: StepsRun, program: string, args: string, site: Site): void {
  const { text, values } = mask(`${program} ${args.trim()}`, {
    open: '${{',
    close: '}}',
    evaluate: (inner) => evaluateText(`\${{${inner}}}`, steps.contexts),
  });
  followScript(steps.run, { text, masked: values, siteAt: () => site });
}

/** What a step hands on: text with the region that it runs in and the account, which nobody knows. */
function outputValue(template: string, steps: StepsRun, inputs: ReadonlyMap<string, Value>): Value {
  const region = steps.run.state.variables.get('AWS_REGION') ?? steps.run.state.variables.get('AWS_DEFAULT_REGION');
  return concat(
    template.split(/(\$\{[^}]+\})/).map((piece) => {
      if (piece === '${region}') return region ?? unknown('the region');
      if (template.startsWith('${account}.dkr.ecr') && onlyLiteral(inputs.get('registry-type') ?? []) === 'public')
        return literal(piece === '${account}' ? 'public.ecr.aws' : '');
      if (piece === '${account}') return inputs.get('registries') ?? unknown('the account of the job');
      if (piece.startsWith('${input:')) return inputs.get(piece.slice(8, -1)) ?? unknown(piece.slice(8, -1));
      return piece.startsWith('${') ? unknown(piece.slice(2, -1)) : literal(piece);
    }),
  );
}

function runComposite(
  steps: StepsRun,
  file: { readonly path: string; readonly text: string },
  given: ReadonlyMap<string, Value>,
  site: { readonly file: string; readonly line: number },
  id: string,
): void {
  const action = readYaml(file.text).tree;
  if (textAt(action, 'runs', 'using') !== 'composite') return;
  const { run } = steps;
  const inputs = new Map([...inputsOf(at(action, 'inputs')), ...given]);
  const inner: Contexts = {
    ...steps.contexts,
    inputs,
    steps: new Map(),
    evaluate: (text) => evaluateText(text, inner),
  };
  let step = '';
  const before = run.host.wrote;
  const through = run.through;
  run.through = [site, ...through];
  run.host.wrote = (target, name, value) => {
    if (target === 'GITHUB_OUTPUT') inner.steps.set(`${step}.${name}`, value);
    else before?.(target, name, value);
  };
  runSteps(
    {
      ...steps,
      file: file.path,
      contexts: inner,
      enter: (name) => (step = name),
      shell: undefined,
      running: new Set([...steps.running, file.path]),
    },
    itemsOf(at(action, 'runs', 'steps')),
  );
  if (before !== undefined) run.host.wrote = before;
  run.through = through;
  for (const [name, tree] of entriesOf(at(action, 'outputs'))) {
    const value = textAt(tree, 'value');
    if (value !== undefined && id !== '') steps.contexts.steps.set(`${id}.${name}`, inner.evaluate(value));
  }
}
