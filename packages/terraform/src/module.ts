import type { UseCase } from '@postern/core';
import { generated, renderAnchors } from './document.js';
import { attributes, block, quoted } from './hcl.js';
import { renderReadme, versions } from './readme.js';
import { renderVariable, variablesOf, type Variable } from './variables.js';

const own = (name: string, type: string, value: string, description: string): Variable => ({
  name,
  type,
  default: value,
  nullable: value === 'null',
  description,
  checks: [],
});

/**
 * The Terraform module of a use case: its document as an `aws_iam_policy`, with the place of the provider where neither
 * the variables nor the ARNs say another.
 * @returns the files by name
 */
export function renderModule(useCase: UseCase): Map<string, string> {
  const variables = variablesOf(useCase);
  const mine = [
    own('create', 'bool', 'true', 'Whether to make the managed policy; policy_json is there either way.'),
    own('name', 'string', quoted(useCase.id), 'The name of the managed policy; null where name_prefix is given.'),
    own('name_prefix', 'string', 'null', 'What the generated name of the managed policy begins with, instead of name.'),
    own('path', 'string', quoted('/'), 'The path of the managed policy.'),
    own('description', 'string', quoted(useCase.title), 'The description of the managed policy.'),
    own('tags', 'map(string)', '{}', 'Tags of the managed policy.'),
  ].map((variable) => (variable.name === 'name' ? { ...variable, nullable: true } : variable));
  const file = (...blocks: string[]) => `${[generated, ...blocks].join('\n\n')}\n`;
  return new Map([
    ['main.tf', file(...renderMain(useCase, variables))],
    ['outputs.tf', file(...renderOutputs())],
    ['versions.tf', file(renderVersions())],
    ['variables.tf', file(...[...mine, ...variables].map((variable) => renderVariable(variable)))],
    [
      'README.md',
      renderReadme(useCase, {
        makes: 'Makes an `aws_iam_policy`.',
        providers: { aws: versions.aws },
        modules: [['document', `../../documents/${useCase.id}`]],
        resources: ['aws_iam_policy.this'],
        dataSources: ['aws_caller_identity.current', 'aws_partition.current', 'aws_region.current'],
        variables: [...mine, ...variables],
        outputs,
      }),
    ],
  ]);
}

function renderMain(useCase: UseCase, variables: readonly Variable[]): string[] {
  const fromProvider: Record<string, string> = {
    account: placeOf('account', 'accounts', 'data.aws_caller_identity.current.account_id'),
    region: placeOf('region', 'regions', 'data.aws_region.current.id'),
    partition:
      'var.partition != null || var.region != null || length(local.arn_partitions) > 0 ? var.partition : data.aws_partition.current.partition',
  };
  const inputs = variables.map(({ name }) => [name, fromProvider[name] ?? `var.${name}`] as const);
  return [
    block('locals', renderAnchors(useCase)),
    'data "aws_caller_identity" "current" {}',
    'data "aws_partition" "current" {}',
    'data "aws_region" "current" {}',
    block('module "document"', [`source = "../../documents/${useCase.id}"`, '', ...attributes(inputs)]),
    block('resource "aws_iam_policy" "this"', [
      'count = var.create ? 1 : 0',
      '',
      ...attributes([
        ['name', 'var.name_prefix == null ? var.name : null'],
        ['name_prefix', 'var.name_prefix'],
        ['path', 'var.path'],
        ['description', 'var.description'],
        ['policy', 'module.document.json'],
        ['tags', 'var.tags'],
      ]),
    ]),
  ];
}

function renderVersions(): string {
  return block('terraform', [
    `required_version = ${quoted(versions.terraform)}`,
    '',
    block('required_providers', [block('aws =', ['source  = "hashicorp/aws"', `version = ${quoted(versions.aws)}`])]),
  ]);
}

function placeOf(part: string, plural: string, provider: string): string {
  return `var.${part} != null || length(local.arn_${plural}) > 0 ? var.${part} : ${provider}`;
}

const outputs = [
  ['policy_json', 'The policy document as JSON, also where create is false.', 'module.document.json'],
  ['arn', 'The ARN of the managed policy; null where create is false.', 'one(aws_iam_policy.this[*].arn)'],
  ['name', 'The name of the managed policy; null where create is false.', 'one(aws_iam_policy.this[*].name)'],
] as const;

function renderOutputs(): string[] {
  return outputs.map(([name, description, value]) =>
    block(
      `output "${name}"`,
      attributes([
        ['description', quoted(description)],
        ['value', value],
      ]),
    ),
  );
}
