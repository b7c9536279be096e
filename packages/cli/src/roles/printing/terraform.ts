import { print, type PolicyDocument, type RolePolicy } from '@postern/core';
import {
  attributes,
  dataSources,
  escapedTemplate,
  printValue,
  quoted,
} from '../../printing/terraform-configuration.js';
import { writePlace } from '../../printing/symbolic-place.js';
import { descriptionOf, documentsIn, type WholeRole, type WholeRoles } from '../whole-roles.js';

/** Terraform resources by type, then by label: what both syntaxes print. */
type HclBlockBody = Readonly<Record<string, HclValue>>;

/** A value of an argument: text, a number, an expression, or a policy document. */
type HclValue = string | number | { readonly expression: string } | { readonly document: PolicyDocument };

interface Resource {
  readonly type: string;
  readonly label: string;
  readonly block: HclBlockBody;
}

/** One HCL file with the roles and their managed policies. */
export function printConfiguration(generated: WholeRoles): string {
  const data = openSources(generated).map((type) => `data "${type}" "current" {}\n`);
  const resources = resourcesOf(generated).map(({ type, label, block }) => {
    const documents = Object.entries(block).filter(([, value]) => isDocument(value));
    const plain = Object.entries(block).filter(([, value]) => !isDocument(value));
    const width = Math.max(...plain.map(([name]) => name.length));
    const lines = [
      ...plain.map(([name, value]) => `  ${name.padEnd(width)} = ${hcl(value)}\n`),
      ...documents.map(([name, value]) => `\n  ${name} = ${hcl(value)}\n`),
    ];
    return `resource "${type}" "${label}" {\n${lines.join('')}}\n`;
  });
  return [...data, ...resources].join('\n');
}

/** The same in Terraform's JSON syntax, where policies are texts. */
export function printConfigurationJson(generated: WholeRoles): string {
  const types = openSources(generated);
  const resource: Record<string, Record<string, object>> = {};
  for (const { type, label, block } of resourcesOf(generated)) {
    (resource[type] ??= {})[label] = Object.fromEntries(
      Object.entries(block).map(([name, value]) => [name, json(value)]),
    ) as object;
  }
  const data = Object.fromEntries(types.map((type) => [type, { current: {} }]));
  return `${JSON.stringify({ ...(types.length === 0 ? {} : { data }), resource }, null, 2)}\n`;
}

function openSources(generated: WholeRoles): string[] {
  const Statement = documentsIn(generated).flatMap((document) => document.Statement);
  return dataSources({ document: { Version: '2012-10-17', Statement } });
}

function resourcesOf({ roles }: WholeRoles): Resource[] {
  return roles.flatMap(resourcesOfRole);
}

function resourcesOfRole(whole: WholeRole): Resource[] {
  const { role, suffix } = whole;
  const { roleName, path, maxSessionDuration, trust, policies, boundary } = role;
  const base = suffix === '' ? 'role' : suffix.toLowerCase();
  const labels = policies.map((_, index) => (index === 0 ? base : `${base}_${index + 1}`));
  const own = boundary?.policy;
  const boundaryArn = own === undefined ? boundary?.arn : { expression: `aws_iam_policy.${base}_boundary.arn` };
  return [
    {
      type: 'aws_iam_role',
      label: base,
      block: {
        name: roleName,
        path,
        description: descriptionOf(whole),
        max_session_duration: maxSessionDuration,
        ...(boundaryArn === undefined ? {} : { permissions_boundary: boundaryArn }),
        assume_role_policy: { document: trust },
      },
    },
    ...policies.map((policy, index) => policyResource(policy, labels[index]!)),
    ...labels.map((label) => ({
      type: 'aws_iam_role_policy_attachment',
      label,
      block: {
        role: { expression: `aws_iam_role.${base}.name` },
        policy_arn: { expression: `aws_iam_policy.${label}.arn` },
      },
    })),
    ...(own === undefined ? [] : [policyResource(own, `${base}_boundary`)]),
  ];
}

function policyResource({ name, path, document }: RolePolicy, label: string): Resource {
  return { type: 'aws_iam_policy', label, block: { name, path, policy: { document } } };
}

function isDocument(value: HclValue): value is { readonly document: PolicyDocument } {
  return typeof value === 'object' && 'document' in value;
}

function hcl(value: HclValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return String(value);
  return 'expression' in value ? value.expression : `jsonencode(${printValue(value.document, '  ')})`;
}

function json(value: HclValue): string | number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return writePlace(value, attributes, escapedTemplate);
  if ('expression' in value) return `\${${value.expression}}`;
  // Markers are control characters, which JSON escapes: put them back before the place is written.
  return writePlace(print(value.document, 0).replace(/\\u0001/g, '\u0001'), attributes, escapedTemplate);
}
