import { printPulumiProgram } from '../roles/printing/pulumi.js';
import type { PolicyDocument } from '@postern/core';
import { policiesOf, type Format, type Generated } from '../printing/format.js';
import { className, literal, printOptions, printValue } from '../printing/programs.js';
import { openParts } from '../printing/symbolic-place.js';

/** A Pulumi program that makes the policy with `@postern/pulumi`, in the place of its provider. */
export const pulumiFormat: Format = {
  place: 80,
  extension: 'ts',
  alone: true,
  needsPlace: false,
  managed: true,
  print: printProgram,
  role: printRole,
  whole: printPulumiProgram,
};

const symbols = {
  account: '${account}',
  region: '${region}',
  partition: '${partition}',
  dnsSuffix: '${dnsSuffix}',
};

/** The calls that a program needs for the parts of the place that the document leaves open. */
function placeCalls(document: PolicyDocument): string {
  const sources = {
    account: 'aws.getCallerIdentityOutput().accountId',
    region: 'aws.getRegionOutput().region',
    partition: 'aws.getPartitionOutput().partition',
    dnsSuffix: 'aws.getPartitionOutput().dnsSuffix',
  };
  const open = openParts(document);
  const lines = Object.entries(sources).flatMap(([part, call]) =>
    open.has(part) ? [`const ${part} = ${call};\n`] : [],
  );
  return lines.length === 0 ? '' : `${lines.join('')}\n`;
}

function printRole({ useCase, document, name }: Generated): string {
  return `import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

${placeCalls(document)}const role = new aws.iam.Role(${literal(useCase.id)}, {
  name: ${literal(name)},
  description: ${literal(useCase.title)},
  assumeRolePolicy: pulumi.jsonStringify(${printValue(document, symbols, '  ', 'pulumi.interpolate')}),
});

export const arn = role.arn;
`;
}

function printProgram(generated: Generated): string {
  const { useCase, options, name, parts = [] } = generated;
  if (parts.length > 1) return printParts(generated);
  const component = className(useCase.id);
  return `import { ${component} } from '@postern/pulumi';

const policy = new ${component}(${literal(useCase.id)}, {
  policyName: ${literal(name)},
${printOptions(options)}});

export const arn = policy.arn;
`;
}

function printParts(generated: Generated): string {
  const { useCase } = generated;
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

${placeCalls(generated.document)}${policies.join('\n')}
export const arns = [${arns.join(', ')}];
`;
}
