import type { CiSystem } from '../event.js';
import { at, itemsOf, listAt, textAt } from '../yaml/access.js';
import type { Tree } from '../yaml/tree.js';

/** What a CI file is: a file of a CI system, or an action that its workflows use. */
export type CiKind = CiSystem | 'action';

const paths: readonly (readonly [RegExp, CiKind])[] = [
  [/(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/, 'github'],
  [/(^|\/)\.(forgejo|gitea)\/workflows\/[^/]+\.ya?ml$/, 'github'],
  [/(^|\/)action\.ya?ml$/, 'action'],
  [/(^|\/)\.gitlab-ci\.ya?ml$/, 'gitlab'],
  [/(^|\/)\.circleci\/config\.ya?ml$/, 'circleci'],
  [/(^|\/)bitbucket-pipelines\.ya?ml$/, 'bitbucket'],
  [/(^|\/)[^/]*buildspec[^/]*\.ya?ml$/, 'buildspec'],
  [/(^|\/)buildspecs?\/([^/]+\/)*[^/]+\.ya?ml$/, 'buildspec'],
  [/(^|\/)[^/]*Jenkinsfile[^/]*$|\.jenkinsfile$/i, 'jenkins'],
  [/(^|\/)\.?azure-pipelines[^/]*\.ya?ml$/, 'azure'],
  [/(^|\/)\.buildkite\/[^/]+\.ya?ml$/, 'buildkite'],
];

/** Folders of what tests read, and ends of names of what is to be read or filled in: no CI system runs these. */
const unread =
  /(^|\/)(fixtures?|__fixtures__|testdata|test-data|test-fixtures)\/|\.(txt|md|rst|html?|bak|orig|old|sample|example|tmpl|tpl|j2|erb)$/i;

/** Files of CI systems that are not read, whatever else they look like. */
const others: readonly (readonly [RegExp, string])[] = [
  [/^\.travis\.ya?ml$/, 'Travis CI'],
  [/^\.?appveyor\.ya?ml$/, 'AppVeyor'],
  [/^\.drone\.ya?ml$/, 'Drone'],
  [/^\.woodpecker(\.ya?ml$|\/[^/]+\.ya?ml$)/, 'Woodpecker'],
  [/^\.cirrus\.ya?ml$/, 'Cirrus CI'],
  [/^\.semaphore\/[^/]+\.ya?ml$/, 'Semaphore'],
  [/^bitrise\.ya?ml$/, 'Bitrise'],
  [/^codemagic\.ya?ml$/, 'Codemagic'],
  [/^codefresh\.ya?ml$/, 'Codefresh'],
  [/^codeship-(steps|services)\.ya?ml$/, 'CodeShip'],
  [/^wercker\.ya?ml$/, 'Wercker'],
  [/^shippable\.ya?ml$/, 'Shippable'],
  [/^screwdriver\.ya?ml$/, 'Screwdriver'],
  [/^cloudbuild\.ya?ml$/, 'Google Cloud Build'],
];

/** The CI system that reads a file by its path, where postern does not read that system's files. */
export function otherSystemOf(path: string): string | undefined {
  return others.find(([form]) => form.test(path))?.[1];
}

/** The kind of a CI file by its path. */
export function kindOfPath(path: string): CiKind | undefined {
  if (unread.test(path)) return undefined;
  return paths.find(([form]) => form.test(path))?.[1];
}

/** The kind of a CI file by what stands in it. */
export function kindOfText(tree: Tree | undefined, text: string): CiKind | undefined {
  if (isPipeline(text) && (tree?.node !== 'mapping' || tree.entries.size === 0)) return 'jenkins';
  if (tree === undefined) return undefined;
  if (tree.node === 'sequence')
    return itemsOf(tree).some((item) => at(item, 'command') ?? at(item, 'plugins')) ? 'buildkite' : undefined;
  if (tree.node !== 'mapping') return undefined;
  if (at(tree, 'runs', 'using') !== undefined) return 'action';
  if ((at(tree, 'on') ?? at(tree, 'true')) !== undefined && at(tree, 'jobs') !== undefined) return 'github';
  if (at(tree, 'pipelines') !== undefined && at(tree, 'pipelines')!.node === 'mapping') return 'bitbucket';
  if (at(tree, 'phases') !== undefined) return 'buildspec';
  if (
    at(tree, 'orbs') !== undefined ||
    at(tree, 'workflows') !== undefined ||
    // Files of Docker Compose and of linters have such a version too.
    (/^2(\.\d)?$/.test(textAt(tree, 'version') ?? '') && at(tree, 'jobs') !== undefined)
  )
    return 'circleci';
  const steps = listAt(tree, 'steps')?.items ?? [];
  if (
    steps.some(
      (step) => (at(step, 'command') ?? at(step, 'commands') ?? at(step, 'plugins') ?? at(step, 'label')) !== undefined,
    )
  )
    return 'buildkite';
  if (at(tree, 'pool') ?? at(tree, 'trigger') ?? at(tree, 'pr')) return 'azure';
  if (
    steps.some((step) => (at(step, 'task') ?? at(step, 'script') ?? at(step, 'bash') ?? at(step, 'pwsh')) !== undefined)
  )
    return 'azure';
  if (listAt(tree, 'jobs') !== undefined) return 'azure';
  const jobs = [...tree.entries.values()];
  if (at(tree, 'stages') ?? at(tree, 'include') ?? at(tree, 'default'))
    return listAt(tree, 'stages')?.items.some((stage) => stage.node === 'mapping') ? 'azure' : 'gitlab';
  if (
    jobs.some(
      (job) =>
        job.node === 'mapping' &&
        (at(job, 'script') ?? at(job, 'extends') ?? at(job, 'trigger') ?? at(job, 'before_script')) !== undefined,
    )
  )
    return 'gitlab';
  return undefined;
}

/** A line of its first ones begins a pipeline or a node of Jenkins. */
function isPipeline(text: string): boolean {
  const lines = text.slice(0, 20_000).split('\n');
  return lines.some((line) => /^(pipeline|node) ?(\([^)]{0,100}\))? ?\{/.test(line.trim().slice(0, 200)));
}
