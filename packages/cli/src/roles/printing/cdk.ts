import { literal } from '../../printing/programs.js';
import type { WholeRoles } from '../whole-roles.js';
import { importsOf, indentedLines, propertiesOf } from './programs.js';

/** A CDK program that makes the roles with `@postern/cdk`, in the place of its stack. */
export function printCdkProgram(generated: WholeRoles): string {
  const { pair, roles, settings } = generated;
  const name = pair?.roleName ?? roles[0]!.role.roleName;
  const { account, region } = settings;
  const env = [
    ...(account === undefined ? [] : [`account: ${literal(account)}`]),
    ...(region === undefined ? [] : [`region: ${literal(region)}`]),
  ];
  const place = env.length === 0 ? '' : `, { env: { ${env.join(', ')} } }`;
  const seconds = (count: number) => `Duration.seconds(${count})`;
  const properties = propertiesOf(generated, { seconds });
  const core = properties.some((line) => line.includes('Duration.')) ? 'App, Duration, Stack' : 'App, Stack';
  return `import { ${importsOf(generated).join(', ')} } from '@postern/cdk';
import { ${core} } from 'aws-cdk-lib/core';

const app = new App();
const stack = new Stack(app, ${literal(stackName(name))}${place});

new ${pair === undefined ? 'CiRole' : 'CiRolePair'}(stack, 'Role', {
${indentedLines(properties)}});
`;
}

/** A stack has letters, digits and hyphens, and begins with a letter. */
function stackName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^[^A-Za-z]+/, '');
  return plain === '' ? 'role' : plain;
}
