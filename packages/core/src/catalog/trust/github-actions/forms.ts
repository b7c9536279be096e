import type { TextForm } from '../../../use-case/option.js';

/** A user or an organization; users that an enterprise manages have an underscore in their names. */
export const ownerForm: TextForm = {
  title: 'GitHub owner',
  example: 'acme',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
  says: 'letters, digits and hyphens, spelled as GitHub shows it',
  shortest: 1,
  longest: 39,
  refuse: [
    {
      pattern: '^(?:https?://)?[^/]+\\.[^/]+/([^/]+)(?:/.*)?$',
      say: 'is a URL: write the owner in it alone',
      here: '`$1`',
    },
    {
      pattern: '^([^/]*)/.*$',
      say: 'holds a slash: write the owner alone, and what stands behind it under `repository`',
      here: '`$1`',
    },
    {
      pattern: '^([^@]+)@[0-9]+$',
      say: 'holds the id: write the name alone, and the id under `ownerId`',
      here: '`$1`',
    },
    { pattern: '^@(.+)$', say: 'begins with an @: write the name alone', here: '`$1`' },
  ],
};

export const repositoryForm: TextForm = {
  title: 'GitHub repository',
  example: 'shop',
  pattern: '^[A-Za-z0-9._-]+$',
  says: 'letters, digits and `._-`, without its owner',
  shortest: 1,
  longest: 100,
  refuse: [
    { pattern: '^\\.\\.?$', say: 'is a folder and no repository: write the name of the repository' },
    { pattern: '^(?:.*[/:])?([^/:]+)\\.git$', say: 'is written as git clones it: write the name alone', here: '`$1`' },
    {
      pattern: '^.*/([^/]+)/?$',
      say: 'holds a slash: write the repository alone, and its owner under `owner`',
      here: '`$1`',
    },
    {
      pattern: '^([^@]+)@[0-9]+$',
      say: 'holds the id: write the name alone, and the id under `repositoryId`',
      here: '`$1`',
    },
  ],
};

export const idForm: TextForm = {
  title: 'GitHub id',
  example: '41000001',
  pattern: '^[1-9][0-9]*$',
  says: 'the number, as `gh api repos/OWNER/REPOSITORY` shows it in `owner.id` and `id`',
  shortest: 1,
  longest: 20,
};

/** A colon stands in a subject between its parts, and GitHub writes one in a name as `%3A`. */
export const environmentForm: TextForm = {
  title: 'GitHub environment',
  example: 'production',
  pattern: '^[^:*?\\x00-\\x1f]+$',
  says: 'the name as GitHub shows it, with `%3A` for a colon',
  shortest: 1,
  longest: 255,
  wildcardPattern: '^[^:*?\\x00-\\x1f][^:\\x00-\\x1f]*$',
  refuse: [
    {
      pattern: '^([^:]*):([^:]*)$',
      say: 'holds a colon, which GitHub writes as `%3A` in a subject: write it so',
      here: '`$1%3A$2`',
    },
    { pattern: ':', say: 'holds colons, each of which GitHub writes as `%3A` in a subject: write them so' },
    {
      pattern: '^[*?]+$',
      say: 'lets every environment in: name those that may get in, or set `everyContext`, which says so',
    },
    { pattern: '^[*?]', say: 'begins with a wildcard: write all before a wildcard in full' },
  ],
};

const refName = {
  pattern: '^[^\\s~^:*?[\\\\\\x00-\\x1f]+$',
  wildcardPattern: '^[^\\s~^:*?[\\\\\\x00-\\x1f][^\\s~^:[\\\\\\x00-\\x1f]*$',
  shortest: 1,
  longest: 255,
};

export const branchForm: TextForm = {
  title: 'branch',
  example: 'main',
  says: 'the name of the branch without `refs/heads/`',
  ...refName,
  refuse: [
    { pattern: '^refs/heads/(.+)$', say: 'is a whole ref: write the branch alone', here: '`$1`' },
    { pattern: '^refs/tags/', say: 'is a tag: write it under `tags`, without `refs/tags/`' },
    { pattern: '^refs/pull/', say: 'is a pull request: set `pullRequests` for a role that only reads' },
    {
      pattern: '^[*?]+$',
      say: 'lets every branch in: name those that may get in, or set `everyContext`, which says so',
    },
    { pattern: '^[*?]', say: 'begins with a wildcard: write all before a wildcard in full' },
  ],
};

export const tagForm: TextForm = {
  title: 'tag',
  example: 'v1.4.2',
  says: 'the name of the tag without `refs/tags/`',
  ...refName,
  refuse: [
    { pattern: '^refs/tags/(.+)$', say: 'is a whole ref: write the tag alone', here: '`$1`' },
    { pattern: '^refs/heads/', say: 'is a branch: write it under `branches`, without `refs/heads/`' },
    { pattern: '^[*?]+$', say: 'lets every tag in: name those that may get in, or begin the pattern, such as `v*`' },
    { pattern: '^[*?]', say: 'begins with a wildcard: write all before a wildcard in full' },
  ],
};

export const serverForm: TextForm = {
  title: 'GitHub Enterprise Server host',
  example: 'github.example.com',
  pattern: '^[a-z0-9-]+(\\.[a-z0-9-]+)+(:[0-9]+)?$',
  says: 'the host name in lower case, with the port if it has one',
  shortest: 3,
  longest: 253,
  refuse: [
    { pattern: '^https?://([^/]+)(?:/.*)?$', say: 'is a URL: write the host in it alone', here: '`$1`' },
    { pattern: '^([^/]+)/.*$', say: 'holds a path: write the host alone', here: '`$1`' },
    { pattern: '(^|\\.)github(usercontent)?\\.com$', say: 'is no server of your own: leave `host` out' },
    { pattern: '\\.ghe\\.com$', say: 'is data residency: write what stands before `.ghe.com` under `subdomain`' },
  ],
};

export const subdomainForm: TextForm = {
  title: 'GHE.com subdomain',
  example: 'octocorp',
  pattern: '^[a-z0-9][a-z0-9-]*$',
  says: 'what stands before `.ghe.com`',
  shortest: 1,
  longest: 63,
  refuse: [
    {
      pattern: '^(?:https?://)?(?:[a-z.]+\\.)?([a-z0-9-]+)\\.ghe\\.com(?:/.*)?$',
      say: 'is a whole host: write what stands before `.ghe.com` alone',
      here: '`$1`',
    },
    { pattern: '[./:]', say: 'is a host: write what stands before `.ghe.com` alone' },
  ],
};

export const slugForm: TextForm = {
  title: 'enterprise slug',
  example: 'octo-enterprise',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
  says: 'the last part of `https://github.com/enterprises/SLUG`',
  shortest: 1,
  longest: 60,
  refuse: [
    { pattern: '^.*/([^/.]+)/?$', say: 'holds a host or a path: write the slug alone', here: '`$1`' },
    {
      pattern: '[./:]',
      say: 'holds a host: write the slug alone, the last part of `https://github.com/enterprises/SLUG`',
    },
  ],
};

export const workflowForm: TextForm = {
  title: 'workflow of a job',
  example: 'acme/platform-ci/.github/workflows/deploy.yml@refs/heads/main',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+/\\.github/workflows/[^@*?\\s]+\\.ya?ml@[^@*?\\s]+$',
  says: 'OWNER/REPOSITORY/.github/workflows/FILE@REF, as the claim `job_workflow_ref` has it',
  shortest: 10,
  longest: 500,
  refuse: [
    { pattern: '^[^@]+$', say: 'names no ref: write `@refs/heads/` and the branch behind it, as the claim has it' },
  ],
};

export const customSubjectForm: TextForm = {
  title: 'customized subject',
  example:
    'repo:acme/shop:environment:production:job_workflow_ref:acme/ci/.github/workflows/deploy.yml@refs/heads/main',
  pattern: '^[a-z_]+:[^*?\\x00-\\x1f]+$',
  says: 'the whole `sub` of the token',
  shortest: 3,
  longest: 1000,
  refuse: [
    {
      pattern: '^(workflow|environment|ref|context|head_ref|base_ref|actor|event_name):',
      say: 'begins with what anybody chooses who can edit a workflow: put `repo` first in the template, and so in the subject',
    },
  ],
};
