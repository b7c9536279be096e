import type { CiJob, Triggers } from '../../event.js';
import { fileAt } from '../../files.js';
import { empty, oneOf, type Value } from '../../values/value.js';
import { at, entriesOf, itemsOf, mapAt, textAt, textsOf } from '../../yaml/access.js';
import { readYamls, type MapTree, type Tree } from '../../yaml/tree.js';
import type { CiInput } from '../reader.js';
import { entriesReferred, itemsReferred, linesReferred, type PipelinePart } from './references.js';
import { emitStep } from '../../jobs/follow-script.js';
import {
  anyTrigger,
  expandAll,
  expandVariables,
  finishJob,
  followText,
  startShellJob,
  variablesOf,
} from '../shell-job.js';

const globals = new Set([
  'stages',
  'variables',
  'include',
  'default',
  'workflow',
  'image',
  'services',
  'before_script',
  'after_script',
  'cache',
  'pages:deploy',
  'spec',
]);

/** A part of a pipeline with the file that it stands in. */
interface PlacedTree {
  readonly tree: MapTree;
  readonly file: string;
}

/** Follows a pipeline of GitLab with what it includes of the same repository. */
export function readGitLab(
  input: CiInput,
  file: string,
  tree: Tree,
  given: ReadonlyMap<string, Value> = new Map(),
  depth = 0,
): CiJob[] {
  const pipeline = new Map<string, PlacedTree>();
  const variables = new Map<string, Tree>();
  const top = new Map<string, { readonly tree: Tree; readonly file: string }>();
  const parts = new Map<string, Tree>();
  gather(input, file, tree, { pipeline, parts, variables, top, seen: new Set([file]) });
  const partOf: PipelinePart = (name) => {
    const placed = pipeline.get(name);
    return placed === undefined ? parts.get(name) : extended(placed, pipeline, 0);
  };
  const templates = templateJobs(input, file, tree, expandAll(variablesOf([...variables])));
  const visible = [...pipeline].filter(([name]) => !name.startsWith('.'));
  const jobs = visible.length > 0 ? visible : [...pipeline];
  const own = jobs.flatMap(([name, placed]) => {
    const job = extended(placed, pipeline, 0);
    const trigger = at(job, 'trigger');
    const ofJob = entriesReferred(at(job, 'variables'), partOf);
    const own = new Map([...variablesOf([...variables]), ...variablesOf(ofJob), ...given]);
    const inner = includesOf(at(trigger, 'include'));
    if (inner.length > 0) {
      if (depth > 4) return [];
      const handed = new Map([...variablesOf(ofJob), ...given]);
      return inner.flatMap((path) => {
        const found = fileAt(input.files, path);
        const child =
          found === undefined ? undefined : readYamls(found.text).find((one) => one.tree?.node === 'mapping')?.tree;
        return found === undefined || child === undefined
          ? []
          : readGitLab(input, found.path, child, handed, depth + 1);
      });
    }
    for (const [key, value] of matrixOf(at(job, 'parallel', 'matrix'))) own.set(key, value);
    const declared = new Set(ofJob.map(([key]) => key));
    for (const [key, value] of variablesOfRules(itemsReferred(at(tree, 'workflow', 'rules'), partOf), own))
      if (!declared.has(key)) own.set(key, value);
    for (const [key, value] of variablesOfRules(itemsReferred(at(job, 'rules'), partOf), own)) own.set(key, value);
    return [followJob(input, placed.file, name, job, expandAll(own), { top, partOf, workflow: tree })];
  });
  return [...templates, ...own];
}

/** The templates of GitLab itself that a pipeline includes: what they do is known by their names. */
function templateJobs(input: CiInput, file: string, tree: Tree, variables: ReadonlyMap<string, Value>): CiJob[] {
  return itemsOf(at(tree, 'include')).flatMap((item) => {
    const template = at(item, 'template');
    if (template?.node !== 'scalar') return [];
    const run = startShellJob(input, variables);
    const name = template.text.replace(/(\.latest)?\.gitlab-ci\.yml$/, '');
    emitStep(run, { name: `template ${name}`, version: '', inputs: new Map(), at: { file, line: template.line } });
    return [finishJob(run, variables, { system: 'gitlab', file, name, line: template.line, triggers: anyTrigger })];
  });
}

interface Gathering {
  readonly pipeline: Map<string, PlacedTree>;
  /** All that stands at the top, for what refers to it. */
  readonly parts: Map<string, Tree>;
  readonly variables: Map<string, Tree>;
  readonly top: Map<string, { readonly tree: Tree; readonly file: string }>;
  readonly seen: Set<string>;
}

function gather(input: CiInput, file: string, tree: Tree, into: Gathering): void {
  for (const path of includesOf(at(tree, 'include'))) {
    const found = fileAt(input.files, path);
    if (found === undefined || into.seen.has(found.path)) continue;
    into.seen.add(found.path);
    for (const { tree: other } of readYamls(found.text))
      if (other?.node === 'mapping') gather(input, found.path, other, into);
  }
  for (const [name, value] of entriesOf(at(tree, 'variables'))) into.variables.set(name, value);
  for (const name of ['before_script', 'after_script', 'id_tokens', 'image']) {
    const value = at(tree, 'default', name) ?? at(tree, name);
    if (value !== undefined) into.top.set(name, { tree: value, file });
  }
  for (const [name, job] of entriesOf(tree)) {
    into.parts.set(name, job);
    if (job.node === 'mapping' && !globals.has(name)) into.pipeline.set(name, { tree: job, file });
  }
}

/** The local files that an `include` names. */
function includesOf(include: Tree | undefined): string[] {
  return itemsOf(include).flatMap((item) => {
    const path = item.node === 'scalar' ? item.text : textAt(item, 'local');
    return path === undefined || path.includes('://') ? [] : [path.replace(/^\//, '')];
  });
}

/** The job with what it extends: maps are merged key by key, everything else is replaced. */
function extended({ tree }: PlacedTree, pipeline: ReadonlyMap<string, PlacedTree>, depth: number): MapTree {
  let made: MapTree | undefined;
  if (depth < 10) {
    for (const name of textsOf(at(tree, 'extends'))) {
      const base = pipeline.get(name);
      if (base === undefined) continue;
      const whole = extended(base, pipeline, depth + 1);
      made = made === undefined ? whole : merged(made, whole);
    }
  }
  return made === undefined ? tree : merged(made, tree);
}

function merged(base: MapTree, own: MapTree): MapTree {
  const entries = new Map(base.entries);
  for (const [name, tree] of own.entries) {
    const other = entries.get(name);
    entries.set(name, other?.node === 'mapping' && tree.node === 'mapping' ? merged(other, tree) : tree);
  }
  return { ...own, entries };
}

interface JobSurroundings {
  readonly top: Gathering['top'];
  readonly partOf: PipelinePart;
  readonly workflow: Tree;
}

/** What rules set: each variable is what one of them says, and what it was where one says nothing of it. */
function variablesOfRules(items: readonly Tree[], before: ReadonlyMap<string, Value>): Map<string, Value> {
  const rules = items.filter((rule) => textAt(rule, 'when') !== 'never');
  const sets = rules.map((rule) => variablesOf(entriesOf(at(rule, 'variables'))));
  const names = new Set(sets.flatMap((one) => [...one.keys()]));
  return new Map(
    [...names].map((name) => [
      name,
      oneOf(sets.flatMap((one) => one.get(name) ?? before.get(name) ?? []).map((text) => [text])),
    ]),
  );
}

function followJob(
  input: CiInput,
  file: string,
  name: string,
  job: MapTree,
  variables: Map<string, Value>,
  around: JobSurroundings,
): CiJob {
  const run = startShellJob(input, variables);
  const script = (key: string): { readonly tree: Tree | undefined; readonly file: string } => {
    const own = at(job, key);
    return own === undefined ? (around.top.get(key) ?? { tree: undefined, file }) : { tree: own, file };
  };
  const image = textAt(job, 'image') ?? textAt(job, 'image', 'name');
  if (image !== undefined) {
    const value = expandVariables([[image]], variables);
    emitStep(run, {
      name: 'container',
      version: '',
      inputs: new Map([['image', value]]),
      at: { file, line: at(job, 'image')!.line },
    });
  }
  for (const key of ['before_script', 'script', 'after_script']) {
    const { tree, file: from } = script(key);
    if (key === 'after_script') run.state.directory = empty;
    for (const line of linesReferred(tree, around.partOf)) followText(run, from, line);
  }
  const environment = textAt(job, 'environment') ?? textAt(job, 'environment', 'name');
  return finishJob(run, variables, {
    system: 'gitlab',
    file,
    name,
    line: job.line,
    triggers: triggersOf(job, around),
    environment: environment === undefined ? undefined : expandVariables([[environment]], variables),
    token: (at(job, 'id_tokens') ?? around.top.get('id_tokens')) !== undefined,
    tree: job,
  });
}

function matrixOf(matrix: Tree | undefined): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const item of itemsOf(matrix)) {
    for (const [name, tree] of entriesOf(item)) {
      const values = textsOf(tree).map((text): Value => [[text]]);
      found.set(name, oneOf([...(found.has(name) ? [found.get(name)!] : []), ...values]));
    }
  }
  return found;
}

/** A job with rules for merge requests alone, or with some. */
function triggersOf(job: MapTree, { workflow, partOf }: JobSurroundings): Triggers {
  const rules = itemsReferred(at(job, 'rules') ?? at(mapAt(workflow, 'workflow'), 'rules'), partOf);
  const conditions = rules.flatMap((rule) => (textAt(rule, 'when') === 'never' ? [] : [textAt(rule, 'if') ?? '']));
  const only = [...textsOf(at(job, 'only')), ...textsOf(at(job, 'only', 'refs'))];
  const asksMerge = (text: string) => /merge_request/.test(text) && !/!=\s*["']?merge_request/.test(text);
  const merges = conditions.filter(asksMerge).length + only.filter((ref) => ref === 'merge_requests').length;
  const branches = only.filter(
    (ref) =>
      /^[\w./-]+$/.test(ref) &&
      !['merge_requests', 'branches', 'tags', 'schedules', 'web', 'pushes', 'triggers', 'api'].includes(ref),
  );
  const named = conditions.flatMap(
    (text) => /\$CI_COMMIT_(?:BRANCH|REF_NAME)\s*==\s*["']([\w./-]+)["']/.exec(text)?.[1] ?? [],
  );
  const total = conditions.length + only.length;
  return {
    events: [],
    branches: [...new Set([...branches, ...named])],
    tags: only.includes('tags') ? ['*'] : [],
    pullRequests: merges > 0,
    others: total === 0 || merges < total,
  };
}
