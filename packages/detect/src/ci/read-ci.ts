import type { CiJob } from '../event.js';
import { at, entriesOf, everyText, textAt } from '../yaml/access.js';
import { readYaml, type Tree } from '../yaml/tree.js';
import { readAzure } from './azure.js';
import { readBitbucket } from './bitbucket.js';
import { readBuildkite } from './buildkite.js';
import { readBuildspec } from './buildspec.js';
import { readCircle } from './circleci/circleci.js';
import { readGitLab } from './gitlab/gitlab.js';
import { readJenkins } from './jenkins/jenkins.js';
import { readComposite } from './github/composite.js';
import { readWorkflow } from './github/workflow.js';
import { kindOfPath, kindOfText, otherSystemOf, type CiKind } from './kinds.js';
import type { CiInput } from './reader.js';

const readers = {
  gitlab: readGitLab,
  circleci: readCircle,
  bitbucket: readBitbucket,
  buildspec: readBuildspec,
  azure: readAzure,
  buildkite: readBuildkite,
};

interface CiFile {
  readonly path: string;
  readonly kind: CiKind;
  readonly text: string;
  readonly tree: Tree | undefined;
}

/**
 * Follows the CI files of a repository.
 * @param only the only file that is one
 * @returns what they do, and their paths
 */
export function readCi(
  input: CiInput,
  only: string | undefined,
): { readonly jobs: readonly CiJob[]; readonly read: readonly string[] } {
  const files = ciFiles(input, only);
  const called = new Set(
    files.flatMap(({ kind, tree }) => (kind === 'github' || kind === 'action' ? callsOf(tree) : [])),
  );
  const jobs = files.flatMap((file) => readFile(input, file, called));
  return { jobs, read: files.map(({ path }) => path) };
}

function readFile(input: CiInput, { path, kind, text, tree }: CiFile, called: ReadonlySet<string>): readonly CiJob[] {
  switch (kind) {
    case 'github': {
      // A workflow that only others call is followed from there.
      const events = tree === undefined ? [] : entriesOf(at(tree, 'on') ?? at(tree, 'true')).map(([name]) => name);
      if (tree === undefined || (called.has(path) && events.every((name) => name === 'workflow_call'))) return [];
      return readWorkflow(input, path, tree).jobs;
    }
    case 'action': {
      if (tree === undefined || textAt(tree, 'runs', 'using') !== 'composite' || called.has(path)) return [];
      return [readComposite(input, path, tree)];
    }
    case 'jenkins':
      return readJenkins(input, path, text);
    default:
      return tree === undefined ? [] : readers[kind](input, path, tree);
  }
}

/** The files of the repository that a workflow or an action calls. */
function callsOf(tree: Tree | undefined): string[] {
  return everyText(tree).flatMap(({ text }) => {
    if (!text.startsWith('./')) return [];
    const path = text.slice(2).replace(/\/+$/, '');
    return [path, `${path}/action.yml`, `${path}/action.yaml`];
  });
}

function ciFiles({ files, problem }: CiInput, only: string | undefined): CiFile[] {
  const found: CiFile[] = [];
  const read = (path: string, text: string, known: CiKind | undefined): void => {
    if (known === 'jenkins') found.push({ path, kind: known, text, tree: undefined });
    else {
      const reading = readYaml(text);
      // An action may stand where workflows are.
      const isAction = at(reading.tree, 'runs', 'using') !== undefined;
      const guessed = otherSystemOf(path) === undefined ? kindOfText(reading.tree, text) : undefined;
      const kind = isAction ? 'action' : (known ?? guessed);
      if (kind === undefined) {
        if (only !== undefined && reading.problem !== undefined)
          problem(path, reading.problem.line, reading.problem.message);
        return;
      }
      if (reading.problem !== undefined && kind !== 'jenkins')
        problem(path, reading.problem.line, reading.problem.message);
      found.push({ path, kind, text, tree: reading.tree });
    }
  };
  if (only !== undefined) {
    read(only, files.get(only) ?? '', kindOfPath(only));
    return found;
  }
  for (const [path, text] of files) {
    const kind = kindOfPath(path);
    if (kind !== undefined) read(path, text, kind);
  }
  if (found.length > 0) return found;
  // Where no path says CI, files at the top may be CI files by what stands in them.
  for (const [path, text] of files) {
    if (!path.includes('/') && text.length < 500_000 && /\.(ya?ml|groovy)$/.test(path)) read(path, text, undefined);
  }
  return found;
}
