import { policiesOf, type Format, type Generated } from '../printing/format.js';
import { className, literal, printOptions, printValue } from '../printing/programs.js';
import { openParts } from '../printing/symbolic-place.js';

/** A Pulumi program that makes the policy with `@postern/pulumi`, in the place of its provider. */
export const pulumiFormat: Format = {
  place: 80,
  needsPlace: false,
  managed: true,
  print: printProgram,
};

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
