import { quotas, writingActions } from '@postern/core';
import { generated } from './document.js';
import { exclusionLocals } from './exclusion.js';
import { attributes, block, quoted, type Hcl } from './hcl.js';
import { renderReadmeOf, versions } from './readme.js';
import { renderVariable, type Variable } from './variables.js';

const { characters, attachments } = quotas.managedPolicy;

const tf = (
  name: string,
  type: string,
  value: Hcl | undefined,
  description: string,
  checks: Variable['checks'] = [],
): Variable => ({
  name,
  type,
  default: value,
  nullable: value === 'null',
  description,
  checks,
});

const pathCheck = (name: string): Variable['checks'] => [
  [
    `var.${name} == null ? true : can(regex("^/([!-.0-~]+/)*$", var.${name})) && length(regexall("[*?]", var.${name})) == 0`,
    `${name} begins and ends with a slash, such as /ci/, and holds no wildcard.`,
  ],
];

const nameCheck = (name: string, longest: number): Variable['checks'] => [
  [
    `var.${name} == null ? true : can(regex("^[A-Za-z0-9+=,.@_-]{1,${longest}}$", var.${name}))`,
    `${name} has 1 to ${longest} letters, digits and +=,.@_-, without wildcards and slashes.`,
  ],
];

/** The variables of the module. */
export const roleVariables: readonly Variable[] = [
  tf('create', 'bool', 'true', 'Whether to make anything; trust_policy and policies are there either way.'),
  tf('name', 'string', '"ci-role"', 'The name of the role, and of its policies with it.', nameCheck('name', 64)),
  tf('path', 'string', '"/"', 'The path of the role and of its policies.', pathCheck('path')),
  tf('description', 'string', 'null', 'The description of the role.'),
  tf('tags', 'map(string)', '{}', 'Tags of the role and of its policies.'),
  tf('max_session_duration', 'number', '3600', 'How long a session may last, in seconds: 3600 to 43200.', [
    [
      'var.max_session_duration >= 3600 && var.max_session_duration <= 43200 && floor(var.max_session_duration) == var.max_session_duration',
      'max_session_duration is 3600 to 43200 seconds.',
    ],
  ]),
  tf(
    'trust',
    'list(string)',
    undefined,
    'Trust policies as JSON, as documents/trust-… give them: any of them lets in.',
    [['length(var.trust) > 0', 'trust is empty: give a trust policy at least.']],
  ),
  tf('permissions', 'list(string)', undefined, 'Permissions as JSON, as documents/… give them: all of them together.', [
    ['length(var.permissions) > 0', 'permissions is empty: give a policy at least.'],
  ]),
  tf(
    'apart_from',
    'list(string)',
    '[]',
    'Trust policies as JSON of roles that nobody who gets into this one may get into: that of the apply, where this is the plan.',
  ),
  tf(
    'allow_writes_for_pull_requests',
    'bool',
    'false',
    'Whether a role that lets pull requests in may write, such as the lock of a state in DynamoDB that a plan takes.',
  ),
  tf(
    'policy_count',
    'number',
    'null',
    'How many managed policies there are, where the permissions are known only after apply; a plan that is refused says how many.',
  ),
  tf(
    'boundary',
    'bool',
    'false',
    'Whether to make a permissions boundary that contains the permissions and denies changing itself.',
  ),
  tf(
    'boundary_name',
    'string',
    'null',
    'The name of the boundary; that of the role and -boundary otherwise.',
    nameCheck('boundary_name', 128),
  ),
  tf(
    'boundary_arn',
    'string',
    'null',
    'The ARN of a permissions boundary that is there, instead of one that is made.',
    [
      [
        'var.boundary_arn == null ? true : can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[^*?]+$", var.boundary_arn))',
        'boundary_arn is the ARN of a managed policy, without wildcards.',
      ],
    ],
  ),
];

/** What the module gives: names, what they are, and their expressions. */
export const roleOutputs = [
  ['arn', 'The ARN of the role; null where create is false.', 'one(aws_iam_role.this[*].arn)'],
  ['name', 'The name of the role; null where create is false.', 'one(aws_iam_role.this[*].name)'],
  ['trust_policy', 'The trust policy as JSON, also where create is false.', 'local.trust_policy'],
  [
    'policies',
    'The permissions as JSON, a document for each managed policy, also where create is false.',
    'local.policies',
  ],
  [
    'boundary_policy',
    'The permissions boundary as JSON; null where none is made.',
    'var.boundary ? local.boundary_policy : null',
  ],
] as const;

/** The name of the module, and of its folder. */
export const roleModule = 'ci-role';

/**
 * The Terraform module of a whole role: its trust policy, its permissions over as many managed policies as they need, its
 * boundary. It is the same for every entry.
 * @returns the files by name
 */
export function renderRoleModule(): Map<string, string> {
  const file = (...blocks: string[]) => `${[generated, ...blocks].join('\n\n')}\n`;
  return new Map([
    ['apart.tf', file(exclusionLocals('local.trust_policy', 'var.apart_from'))],
    ['main.tf', file(...renderMain())],
    ['outputs.tf', file(...renderOutputs())],
    ['variables.tf', file(...roleVariables.map((variable) => renderVariable(variable, variable.checks)))],
    ['versions.tf', file(renderRequirements())],
    ['writing-actions.json', `${JSON.stringify(writingActions, undefined, 2)}\n`],
    [
      'README.md',
      renderReadmeOf(
        {
          title: 'The role of a CI job',
          summary: 'Makes a role of who may assume it, what it may do, and where it ends.',
          excludes: 'Does not make the identity provider, which an account has once.',
          wider: [],
        },
        {
          makes: `Makes an \`aws_iam_role\`, its managed policies and, where that is asked for, its permissions boundary. Statements of the permissions stand in their order, each as a whole in the first policy that comes after those before it and has room: ${attachments} policies of ${characters} characters at most. One that is larger than a policy is refused. So is a role whose trust policy names pull requests and whose permissions write, as far as the actions of the catalog tell, unless allow_writes_for_pull_requests says so: what a use case with the access of a plan writes is known to the other tools and not here, but for the lock file of a state.`,
          providers: { aws: versions.aws },
          modules: [],
          resources: [
            'aws_iam_policy.boundary',
            'aws_iam_policy.this',
            'aws_iam_role.this',
            'aws_iam_role_policy_attachment.this',
          ],
          dataSources: ['aws_caller_identity.current', 'aws_partition.current'],
          variables: roleVariables,
          outputs: roleOutputs,
        },
      ),
    ],
  ]);
}

/** The characters of a value as IAM counts them: `jsonencode` spells three of them in six. */
const sizeOf = (value: Hcl): Hcl =>
  `length(replace(replace(replace(jsonencode(${value}), "\\\\u003c", "<"), "\\\\u003e", ">"), "\\\\u0026", "&"))`;

type Pair = readonly [string, Hcl];

/** Statements in their order, those that stand twice once, with Sids of their own. */
function statementPairs(of: string, documents: Hcl): Pair[] {
  const local = (name: string) => `local.${of}_${name}`;
  const sid = `${local('seen')}[i] == 0 ? ${local('sids')}[i] : "\${${local('sids')}[i]}\${${local('seen')}[i] + 1}"`;
  return [
    [`${of}_all`, `flatten([for json in ${documents} : jsondecode(json).Statement])`],
    [`${of}_bodies`, `[for s in ${local('all')} : jsonencode({ for k, v in s : k => v if k != "Sid" })]`],
    [`${of}_once`, `[for i, s in ${local('all')} : s if index(${local('bodies')}, ${local('bodies')}[i]) == i]`],
    [`${of}_sids`, `[for s in ${local('once')} : lookup(s, "Sid", "")]`],
    [`${of}_seen`, `[for i, sid in ${local('sids')} : length([for j in range(i) : j if ${local('sids')}[j] == sid])]`],
    [
      `${of}_statements`,
      `[for i, s in ${local('once')} : merge(s, { for k in ["Sid"] : k => ${sid} if ${local('sids')}[i] != "" })]`,
    ],
  ];
}

/** Values of the trust policy that name code under review, as lint finds them (T06). */
const requests =
  'distinct(flatten([for s in local.trust_statements : [for operator, keys in try(s.Condition, {}) : [for key, values in keys : [for v in flatten([values]) : v if length(regexall("(^|:|_)(pull_request|ref_type:(mr|merge_request|pull-request))($|[:*?])|refs/(pull|merge-requests)/|/job/(PR|MR)-[0-9*?]|(merge|pull)_request_event|:scm_pull_request_target_branch:", v)) > 0 && length(regexall(":environment:pull_request", v)) == 0] if length(regexall("[.]", key)) > 0] if contains(["stringequals", "stringlike", "stringequalsignorecase"], lower(operator))] if s.Effect == "Allow"]))';

/** Actions of the permissions that write, by the table; those of a lock file are nothing of the infrastructure. */
const writes =
  'distinct(flatten([for s in local.permission_statements : [for action in flatten([try(s.Action, ["*"])]) : action if contains(local.writing, lower(action)) || length(regexall("[*]$", action)) > 0 && length([for name in local.writing : name if startswith(name, lower(trimsuffix(action, "*")))]) > 0] if s.Effect == "Allow" && !alltrue([for resource in flatten([try(s.Resource, ["*"])]) : endswith(resource, ".tflock")])]))';

const boundaryDenials = [
  '  {',
  '    Sid      = "KeepBoundaryPolicy"',
  '    Effect   = "Deny"',
  '    Action   = ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"]',
  '    Resource = [local.boundary_self]',
  '  },',
  '  {',
  '    Sid      = "KeepBoundaryInPlace"',
  '    Effect   = "Deny"',
  '    Action   = ["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary", "iam:PutRolePermissionsBoundary", "iam:PutUserPermissionsBoundary"]',
  '    Resource = ["*"]',
  '  },',
];

function renderMain(): string[] {
  const document = (statements: Hcl) => `jsonencode({ Version = "2012-10-17", Statement = ${statements} })`;
  const ends = Array.from({ length: attachments }, (_, index): Pair => {
    const start = index === 0 ? '0' : `local.end_${index}`;
    const fits = `local.empty + sum(slice(local.sizes, ${start}, e)) + e - ${start} - 1 <= ${characters}`;
    return [
      `end_${index + 1}`,
      `max(concat([${start}], [for e in range(${start} + 1, length(local.sizes) + 1) : e if ${fits}])...)`,
    ];
  });
  const slices = Array.from({ length: attachments }, (_, index) => {
    const start = index === 0 ? '0' : `local.end_${index}`;
    return `  slice(local.permission_statements, ${start}, local.end_${index + 1}),`;
  });
  return [
    'data "aws_caller_identity" "current" {}',
    'data "aws_partition" "current" {}',
    block('locals', [
      '# Who may assume the role: any of the trust policies.',
      ...attributes([...statementPairs('trust', 'var.trust'), ['trust_policy', document('local.trust_statements')]]),
      '',
      '# What it may do: all of the permissions.',
      ...attributes(statementPairs('permission', 'var.permissions')),
      '',
      '# How many characters the statements have, and a policy without any.',
      ...attributes([
        ['sizes', `[for s in local.permission_statements : ${sizeOf('s')}]`],
        ['empty', `length(${document('[]')})`],
      ]),
      '',
      '# Where each policy ends: behind the last statement that it has room for.',
      ...attributes(ends),
      'parts = [for part in [',
      ...slices,
      '] : part if length(part) > 0]',
      '',
      ...attributes([
        ['policies', `[for part in local.parts : ${document('part')}]`],
        ['policy_count', 'var.policy_count == null ? length(local.policies) : var.policy_count'],
      ]),
      '',
      '# The boundary allows what the permissions do, and denies changing itself or taking it away.',
      ...attributes([
        ['boundary_name', 'var.boundary_name == null ? "${var.name}-boundary" : var.boundary_name'],
        [
          'boundary_self',
          '"arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:policy${var.path}${local.boundary_name}"',
        ],
        ['boundary_policy', document('concat(local.permission_statements, local.boundary_denials)')],
      ]),
      'boundary_denials = [',
      ...boundaryDenials,
      ']',
      '',
      '# Code that nobody has reviewed: the subjects and sources of it that the trust policy names, and what writes.',
      ...attributes([
        ['requests', requests],
        ['writing', `[for name in jsondecode(file("\${path.module}/writing-actions.json")) : lower(name)]`],
        ['writes', writes],
      ]),
      '',
      '# What belongs to the account of the role: its boundary, and the providers that are trusted.',
      ...attributes([
        [
          'providers',
          'flatten([for s in local.trust_statements : try(tolist(s.Principal.Federated), [s.Principal.Federated], [])])',
        ],
        [
          'foreign',
          '[for arn in concat(local.providers, [for x in [var.boundary_arn] : x if x != null]) : arn if startswith(arn, "arn:") && try(split(":", arn)[1] != data.aws_partition.current.partition || !contains([data.aws_caller_identity.current.account_id, "aws"], split(":", arn)[4]), true)]',
        ],
      ]),
    ]),
    block('resource "aws_iam_policy" "this"', [
      'count = var.create ? local.policy_count : 0',
      '',
      ...attributes([
        ['name', 'count.index == 0 ? var.name : "${var.name}-${count.index + 1}"'],
        ['path', 'var.path'],
        ['policy', 'local.policies[count.index]'],
        ['tags', 'var.tags'],
      ]),
      '',
      lifecycle([
        [
          'length(local.policies) == local.policy_count',
          'policy_count is not how many managed policies the permissions need, which is ${length(local.policies)}.',
        ],
      ]),
    ]),
    block('resource "aws_iam_policy" "boundary"', [
      'count = var.create && var.boundary ? 1 : 0',
      '',
      ...attributes([
        ['name', 'local.boundary_name'],
        ['path', 'var.path'],
        ['policy', 'local.boundary_policy'],
        ['tags', 'var.tags'],
      ]),
      '',
      lifecycle([
        [
          `local.empty + sum(concat([for s in concat(local.permission_statements, local.boundary_denials) : ${sizeOf('s')} + 1], [-1])) <= ${characters}`,
          `the boundary has more than ${characters} characters, and a boundary is one policy: give fewer names or a wider scope.`,
        ],
        ['var.boundary_arn == null', 'boundary and boundary_arn exclude each other: leave one out.'],
      ]),
    ]),
    block('resource "aws_iam_role" "this"', [
      'count = var.create ? 1 : 0',
      '',
      ...attributes([
        ['name', 'var.name'],
        ['path', 'var.path'],
        ['description', 'var.description'],
        ['max_session_duration', 'var.max_session_duration'],
        ['assume_role_policy', 'local.trust_policy'],
        ['permissions_boundary', 'var.boundary ? one(aws_iam_policy.boundary[*].arn) : var.boundary_arn'],
        ['tags', 'var.tags'],
      ]),
      '',
      lifecycle([
        [
          `alltrue([for size in local.sizes : local.empty + size <= ${characters}])`,
          `a statement of the permissions is larger than a managed policy, which has ${characters} characters: give its document twice, with a part of the names each.`,
        ],
        [
          `local.end_${attachments} == length(local.sizes)`,
          `the permissions need more than the ${attachments} managed policies that a role takes: give fewer names or patterns, or make a second role.`,
        ],
        [
          `${sizeOf('jsondecode(local.trust_policy)')} <= 8192`,
          'the trust policy has more than 8192 characters: name fewer, or make several roles.',
        ],
        [
          'length(local.foreign) == 0',
          'an identity provider or the boundary is in another account or partition than the role: ${join(", ", local.foreign)}.',
        ],
        [
          'var.allow_writes_for_pull_requests || length(local.requests) == 0 || length(local.writes) == 0',
          'the trust policy lets pull requests in, by ${join(", ", slice(local.requests, 0, min(3, length(local.requests))))}, so code that nobody has reviewed, and the permissions can write by ${join(", ", slice(local.writes, 0, min(3, length(local.writes))))}: give pull requests a role of their own that can only read, or set allow_writes_for_pull_requests.',
        ],
        [
          'length(local.shared_ways) == 0',
          'nothing shows that nobody gets into this role and into one of apart_from, by ${join(", ", slice(local.shared_ways, 0, min(5, length(local.shared_ways))))}: tell plan and apply apart, for example by branches and pull requests against a protected environment.',
        ],
      ]),
    ]),
    block('resource "aws_iam_role_policy_attachment" "this"', [
      'count = var.create ? local.policy_count : 0',
      '',
      ...attributes([
        ['role', 'aws_iam_role.this[0].name'],
        ['policy_arn', 'aws_iam_policy.this[count.index].arn'],
      ]),
    ]),
  ];
}

/** Messages may hold expressions, so they are written as they stand. */
function lifecycle(checks: readonly (readonly [Hcl, string])[]): string {
  const blocks = checks.map(([condition, message]) =>
    block(
      'precondition',
      attributes([
        ['condition', condition],
        ['error_message', `"${message}"`],
      ]),
    ),
  );
  return block(
    'lifecycle',
    blocks.flatMap((one, index) => (index === 0 ? [one] : ['', one])),
  );
}

/** What the module needs. */
export function renderRequirements(): string {
  return block('terraform', [
    `required_version = ${quoted(versions.terraform)}`,
    '',
    block('required_providers', [block('aws =', ['source  = "hashicorp/aws"', `version = ${quoted(versions.aws)}`])]),
  ]);
}

function renderOutputs(): string[] {
  return roleOutputs.map(([name, description, value]) =>
    block(
      `output "${name}"`,
      attributes([
        ['description', quoted(description)],
        ['value', value],
      ]),
    ),
  );
}
