import { policiesOf, type Generated } from './format.js';
import { isSymbolic, openParts, writePlace, type PlaceSymbols } from './symbolic-place.js';

/** Prints a CDK program that makes the policy with `@postern/cdk`, in the place of its stack. */
export function printCdkProgram(generated: Generated): string {
  const { useCase, options, name, parts = [] } = generated;
  if (parts.length > 1) return printCdkParts(generated);
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
export function printPulumiProgram(generated: Generated): string {
  const { useCase, options, name, parts = [] } = generated;
  if (parts.length > 1) return printPulumiParts(generated);
  const component = className(useCase.id);
  return `import { ${component} } from '@postern/pulumi';

const policy = new ${component}(${literal(useCase.id)}, {
  policyName: ${literal(name)},
${printOptions(options)}});

export const arn = policy.arn;
`;
}

/** The documents themselves, since the construct makes one policy of its options. */
function printCdkParts(generated: Generated): string {
  const { useCase } = generated;
  const symbols = {
    account: '${stack.account}',
    region: '${stack.region}',
    partition: '${stack.partition}',
    dnsSuffix: '${stack.urlSuffix}',
  };
  const policies = policiesOf(generated).map(
    ({ document, name, suffix }) => `new CfnManagedPolicy(stack, ${literal(`Policy${suffix}`)}, {
  managedPolicyName: ${literal(name)},
  description: ${literal(useCase.title)},
  policyDocument: ${printValue(document, symbols, '  ')},
});
`,
  );
  return `import { App, Stack } from 'aws-cdk-lib/core';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';

const app = new App();
const stack = new Stack(app, ${literal(useCase.id)});

${policies.join('\n')}`;
}

function printPulumiParts(generated: Generated): string {
  const { useCase } = generated;
  const symbols = {
    account: '${account}',
    region: '${region}',
    partition: '${partition}',
    dnsSuffix: '${dnsSuffix}',
  };
  const sources = {
    account: 'aws.getCallerIdentityOutput().accountId',
    region: 'aws.getRegionOutput().region',
    partition: 'aws.getPartitionOutput().partition',
    dnsSuffix: 'aws.getPartitionOutput().dnsSuffix',
  };
  const open = openParts(generated.document);
  const places = Object.entries(sources).filter(([part]) => open.has(part));
  const policies = policiesOf(generated).map(
    ({
      document,
      name,
      suffix,
    }) => `const policy${suffix} = new aws.iam.Policy(${literal(useCase.id + (suffix && `-${suffix}`))}, {
  name: ${literal(name)},
  description: ${literal(useCase.title)},
  policy: pulumi.jsonStringify(${printValue(document, symbols, '  ', 'pulumi.interpolate')}),
});
`,
  );
  const arns = policiesOf(generated).map(({ suffix }) => `policy${suffix}.arn`);
  return `import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

${places.map(([part, call]) => `const ${part} = ${call};\n`).join('')}${places.length === 0 ? '' : '\n'}${policies.join('\n')}
export const arns = [${arns.join(', ')}];
`;
}

/** A document as TypeScript, with the place where it is open. */
function printValue(value: unknown, symbols: PlaceSymbols, indent: string, tag = ''): string {
  const inner = `${indent}  `;
  if (typeof value === 'string')
    return isSymbolic(value) ? `${tag}\`${writePlace(value, symbols, inTemplate)}\`` : literal(value);
  if (Array.isArray(value))
    return `[\n${value.map((item) => `${inner}${printValue(item, symbols, inner, tag)},\n`).join('')}${indent}]`;
  const entries = Object.entries(value as object).map(([key, item]) => {
    const name = /^[A-Za-z]+$/.test(key) ? key : literal(key);
    return `${inner}${name}: ${printValue(item, symbols, inner, tag)},\n`;
  });
  return `{\n${entries.join('')}${indent}}`;
}

function inTemplate(text: string): string {
  return text.replace(/[`\\]|\$(?=\{)/g, (found) => `\\${found}`);
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
