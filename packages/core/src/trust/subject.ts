import { quote } from '../document/problem.js';

/** A subject of GitHub Actions that names its repository. */
export interface GithubSubject {
  readonly owner: string;
  readonly ownerId: string | undefined;
  readonly repository: string;
  readonly repositoryId: string | undefined;
  /** What stands behind: `environment:production`, `pull_request`, `ref:refs/heads/main`. */
  readonly context: string;
}

/**
 * Takes a subject of GitHub Actions apart, legacy (`repo:OWNER/REPO:…`) or immutable (`repo:OWNER@ID/REPO@ID:…`).
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function parseGithubSubject(subject: string): GithubSubject | undefined {
  const match = /^repo:([^/:@]+)(?:@([^/:@]+))?\/([^/:@]+)(?:@([^/:@]+))?(?::(.*))?$/s.exec(subject);
  if (match === null) return undefined;
  const [, owner, ownerId, repository, repositoryId, context = ''] = match;
  return { owner: owner!, ownerId, repository: repository!, repositoryId, context };
}

/** The subject without the ids of the immutable form. */
export function withoutIds(subject: string): string {
  return subject.replace(/^repo:([^/:@]+)(?:@[^/:@]+)?\/([^/:@]+)(?:@[^/:@]+)?/, 'repo:$1/$2');
}

/** Whether a subject has the ids of the immutable form. */
export function hasIds(subject: string): boolean {
  return /^repo:[^/:@]+@[^/:]+\/[^/:@]+@[^/:]+/.test(subject);
}

/** The names of the segments of a subject: `repo`, `ref`, `organization`; what stands there otherwise is numbered. */
export function segmentsOf(subject: string): { readonly name: string; readonly value: string }[] {
  const parts = subject.split(/(?<!:):(?!\/\/)/);
  const segments: { name: string; value: string }[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const name = parts[index]!;
    const value = parts[index + 1];
    if (/^[a-z][a-z0-9_]*$/i.test(name) && value !== undefined && name !== 'pull_request') {
      segments.push({ name, value });
      index += 1;
    } else segments.push({ name: `part ${segments.length + 1}`, value: name });
  }
  return segments;
}

/** Who else has a subject: all that a trust policy lets in that names it exactly. */
export function whoHas(issuer: string, subject: string): string {
  const github = parseGithubSubject(subject);
  if (github !== undefined) {
    const repository = quote(`${github.owner}/${github.repository}`);
    const environment = /^environment:([^:]+)$/.exec(github.context)?.[1];
    const branch = /^ref:refs\/heads\/(.+)$/.exec(github.context)?.[1];
    const tag = /^ref:refs\/tags\/(.+)$/.exec(github.context)?.[1];
    if (github.context === 'pull_request') {
      return `every pull request of ${repository}, so code that nobody has reviewed: give it no role that can write`;
    }
    if (environment !== undefined) {
      return `every job of ${repository} that names the environment ${quote(environment)}, in any workflow and from any branch that the environment's own rules let in`;
    }
    if (branch !== undefined) {
      return `every job of ${repository} on the branch ${quote(branch)} that names no environment, in any workflow and for any event but pull requests`;
    }
    if (tag !== undefined) return `every job of ${repository} for the tag ${quote(tag)}, whoever pushes it`;
    return `every job of ${repository} with this subject`;
  }
  if (/:ref_type:branch:ref:/.test(subject)) {
    return 'every pipeline of the project on that branch, merge request pipelines of the branch among them';
  }
  if (/:run_phase:plan$/.test(subject)) return 'every plan of the workspace, also of a pull request';
  if (/:run_phase:apply$/.test(subject)) return 'every apply of the workspace';
  if (subject.startsWith('system:serviceaccount:')) return 'every pod of the service account';
  return `every job to which ${quote(issuer)} gives this subject`;
}
