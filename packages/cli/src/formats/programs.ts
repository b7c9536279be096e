import type { Generated } from './format.js';

/** Prints a CDK program that makes the policy with `@postern/cdk`, in the place of its stack. */
export function printCdkProgram({ useCase, options, name }: Generated): string {
  const construct = className(useCase.id);
  return `import { ${construct} } from '@postern/cdk';
import { App, Stack } from 'aws-cdk-lib/core';

const app = new App();
const stack = new Stack(app, ${literal(useCase.id)});

new ${construct}(stack, 'Policy', {
  policyName: ${literal(name)},
${printOptions(options)}});
`;
}

/** Prints a Pulumi program that makes the policy with `@postern/pulumi`, in the place of its provider. */
export function printPulumiProgram({ useCase, options, name }: Generated): string {
  const component = className(useCase.id);
  return `import { ${component} } from '@postern/pulumi';

const policy = new ${component}(${literal(useCase.id)}, {
  policyName: ${literal(name)},
${printOptions(options)}});

export const arn = policy.arn;
`;
}

function className(id: string): string {
  return `${id.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase())}Policy`;
}

function printOptions(options: Readonly<Record<string, unknown>>): string {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `  ${name}: ${literal(value)},\n`)
    .join('');
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, (found) => `\\${found}`)}'`;
  return String(value);
}
