import { printCdkProgram } from '../roles/printing/cdk.js';
import { policiesOf, type Format, type Generated } from '../printing/format.js';
import { className, literal, printOptions, printValue } from '../printing/programs.js';

/** A CDK program that makes the policy with `@postern/cdk`, in the place of its stack. */
export const cdkFormat: Format = {
  place: 70,
  extension: 'ts',
  alone: true,
  needsPlace: false,
  managed: true,
  print: printProgram,
  role: printRole,
  whole: printCdkProgram,
};

const symbols = {
  account: '${stack.account}',
  region: '${stack.region}',
  partition: '${stack.partition}',
  dnsSuffix: '${stack.urlSuffix}',
};

/** The role as CloudFormation has it. */
function printRole({ useCase, document, name }: Generated): string {
  return `import { App, Stack } from 'aws-cdk-lib/core';
import { CfnRole } from 'aws-cdk-lib/aws-iam';

const app = new App();
const stack = new Stack(app, ${literal(useCase.id)});

new CfnRole(stack, 'Role', {
  roleName: ${literal(name)},
  description: ${literal(useCase.title)},
  assumeRolePolicyDocument: ${printValue(document, symbols, '  ')},
});
`;
}

function printProgram(generated: Generated): string {
  const { useCase, options, name, parts = [] } = generated;
  if (parts.length > 1) return printParts(generated);
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

/** The documents themselves, since the construct makes one policy of its options. */
function printParts(generated: Generated): string {
  const { useCase } = generated;
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
