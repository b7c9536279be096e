import { literal } from '../../printing/programs.js';
import type { WholeRoles } from '../whole-roles.js';
import { importsOf, indentedLines, propertiesOf } from './programs.js';

/** A Pulumi program that makes the roles with `@postern/pulumi`, in the place of its provider. */
export function printPulumiProgram(generated: WholeRoles): string {
  const { pair, roles, settings } = generated;
  const name = pair?.roleName ?? roles[0]!.role.roleName;
  const place = ['account', 'region', 'partition'].flatMap((part) =>
    settings[part] === undefined ? [] : [`${part}: ${literal(settings[part])},`],
  );
  const properties = [...propertiesOf(generated, { seconds: String }), ...place];
  const exports =
    pair === undefined
      ? 'export const arn = role.arn;\n'
      : 'export const planArn = roles.plan.arn;\nexport const applyArn = roles.apply.arn;\n';
  return `import { ${importsOf(generated).join(', ')} } from '@postern/pulumi';

const ${pair === undefined ? 'role = new CiRole' : 'roles = new CiRolePair'}(${literal(name)}, {
${indentedLines(properties)}});

${exports}`;
}
