import { print } from '@postern/core';
import { policiesOf, type Generated } from './format.js';
import { openParts, writePlace } from './symbolic-place.js';

/** Where a configuration has the parts of the place that nobody gave. */
export const attributes = {
  account: '${data.aws_caller_identity.current.account_id}',
  region: '${data.aws_region.current.id}',
  partition: '${data.aws_partition.current.partition}',
  dnsSuffix: '${data.aws_partition.current.dns_suffix}',
};

const sources: readonly (readonly [string, string])[] = [
  ['account', 'aws_caller_identity'],
  ['partition', 'aws_partition'],
  ['dnsSuffix', 'aws_partition'],
  ['region', 'aws_region'],
];

/** Prints one HCL file: a managed policy, with data sources for what is not given. */
export function printTerraform(generated: Generated): string {
  const { useCase } = generated;
  const data = dataSources(generated).map((type) => `data "${type}" "current" {}\n\n`);
  const resources = policiesOf(generated).map(
    ({ document, name, suffix }) => `resource "aws_iam_policy" "${labelOf(useCase.id, suffix)}" {
  name        = ${quoted(name)}
  description = ${quoted(useCase.title)}

  policy = jsonencode(${printValue(document, '  ')})
}
`,
  );
  return data.join('') + resources.join('\n');
}

/** The same in Terraform's JSON syntax, where the policy is a text. */
export function printTerraformJson(generated: Generated): string {
  const { useCase } = generated;
  const types = dataSources(generated);
  const data = Object.fromEntries(types.map((type) => [type, { current: {} }]));
  const resources = policiesOf(generated).map(({ document, name, suffix }) => {
    // Markers are control characters, which JSON escapes: put them back before the place is written.
    const policy = print(document, 0).replace(/\\u0001/g, '\u0001');
    const resource = {
      name: escapedTemplate(name),
      description: escapedTemplate(useCase.title),
      policy: writePlace(policy, attributes, escapedTemplate),
    };
    return [labelOf(useCase.id, suffix), resource];
  });
  const file = {
    ...(types.length === 0 ? {} : { data }),
    resource: { aws_iam_policy: Object.fromEntries(resources) as object },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Prints one HCL file: a role with the document as its trust policy. */
export function printTerraformRole(generated: Generated): string {
  const { useCase, document, name } = generated;
  const data = dataSources(generated).map((type) => `data "${type}" "current" {}\n\n`);
  return `${data.join('')}resource "aws_iam_role" "${labelOf(useCase.id, '')}" {
  name        = ${quoted(name)}
  description = ${quoted(useCase.title)}

  assume_role_policy = jsonencode(${printValue(document, '  ')})
}
`;
}

/** The same in Terraform's JSON syntax. */
export function printTerraformRoleJson(generated: Generated): string {
  const { useCase, document, name } = generated;
  const types = dataSources(generated);
  const policy = print(document, 0).replace(/\\u0001/g, '\u0001');
  const role = {
    name: escapedTemplate(name),
    description: escapedTemplate(useCase.title),
    assume_role_policy: writePlace(policy, attributes, escapedTemplate),
  };
  const file = {
    ...(types.length === 0 ? {} : { data: Object.fromEntries(types.map((type) => [type, { current: {} }])) }),
    resource: { aws_iam_role: { [labelOf(useCase.id, '')]: role } },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The data sources of the parts of the place that a document leaves open. */
export function dataSources({ document }: Pick<Generated, 'document'>): string[] {
  const open = openParts(document);
  return [...new Set(sources.flatMap(([part, type]) => (open.has(part) ? [type] : [])))];
}

function labelOf(id: string, suffix: string): string {
  return `${id.replaceAll('-', '_')}${suffix === '' ? '' : `_${suffix}`}`;
}

/** Prints a value as `terraform fmt` would write it. */
export function printValue(value: unknown, indent: string): string {
  if (typeof value === 'string') return quoted(value);
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((item) => `${inner}${printValue(item, inner)},\n`).join('')}${indent}]`;
  const entries = Object.entries(value as object);
  return `{\n${printEntries(entries, inner).join('')}${indent}}`;
}

/** Equal signs stand in a column for neighbours on one line each; a list or object in between ends the column. */
function printEntries(entries: readonly (readonly [string, unknown])[], indent: string): string[] {
  const keys = entries.map(([key]) => (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) ? key : quoted(key)));
  return entries.map(([, value], index) => {
    const width = typeof value === 'string' ? Math.max(...columnOf(entries, index).map((at) => keys[at]!.length)) : 0;
    return `${indent}${keys[index]!.padEnd(width)} = ${printValue(value, indent)}\n`;
  });
}

function columnOf(entries: readonly (readonly [string, unknown])[], index: number): number[] {
  const isText = (at: number) => typeof entries[at]?.[1] === 'string';
  const column = [index];
  for (let at = index - 1; isText(at); at -= 1) column.push(at);
  for (let at = index + 1; isText(at); at += 1) column.push(at);
  return column;
}

/** A string literal, with expressions for the parts of the place that are open. */
export function quoted(text: string): string {
  return `"${writePlace(text, attributes, (literal) => escapedTemplate(literal.replace(/[\\"]/g, (found) => `\\${found}`)))}"`;
}

/** Terraform reads `${` and `%{` as its own, policy variables among them. */
export function escapedTemplate(literal: string): string {
  return literal.replace(/([$%])\{/g, (_, sign: string) => `${sign}${sign}{`);
}
