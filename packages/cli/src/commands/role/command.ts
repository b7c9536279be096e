import { partitionOfRegion, partitions, trustEntries, useCases } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { formats } from '../../formats/index.js';
import { many, once } from '../../options/flags.js';
import { files, useCaseIds, type Offer } from '../../options/offer.js';
import { exampleJob } from '../../use-cases.js';
import type { RoleFlags } from './flags.js';

const words = Object.keys(formats);
const trustIds: Offer = () => trustEntries.map(({ id }) => id);

/** `postern role`: prints a whole role, or one that plans and one that applies. */
export const roleCommand: CommandDefinition = {
  description: 'Print a whole role: who may assume it, what it may do, where it ends.',
  place: 37,
  define(command, io) {
    command
      .addOption(
        many(
          '--trust <text>',
          'a trust entry with its flags in one text; may be given several times: any of them',
          trustIds,
        ),
      )
      .addOption(
        many(
          '--permissions <text>',
          'a use case with its flags in one text; may be given several times: all together',
          useCaseIds,
        ),
      )
      .addOption(once('--boundary [arn]', 'make a permissions boundary, or take the one with this ARN'))
      .addOption(once('--name <name>', 'what the role is called, and its policies with it (default: ci-role)'))
      .addOption(once('--path <path>', 'its path (default: /)'))
      .addOption(once('--max-session-duration <seconds>', 'how long a session may last: 3600 to 43200 (default: 3600)'))
      .addOption(once('--account <id>', 'the account of the role, and of what its entries do not say'))
      .addOption(
        once('--region <region>', 'the region of what its entries do not say', () => [...partitionOfRegion.keys()]),
      )
      .addOption(
        once('--partition <partition>', 'the partition; follows from the region', () => Object.keys(partitions)),
      )
      .addOption(
        once(
          '--options <file>',
          'read the role from a JSON or YAML file, - for standard input; flags replace it',
          files,
        ),
      )
      .addOption(once('--format <word>', `One of: ${words.join(', ')} (default: json)`, () => words))
      .addOption(once('--output <file>', 'write to a file instead of standard output, whole or not at all', files))
      .option('--explain', 'say why each line is there, in a table on standard error');
    const pair = [
      many(
        '--plan-trust <text>',
        'who may plan, such as pull requests and branches; may be given several times',
        trustIds,
      ),
      many(
        '--plan-permissions <text>',
        'what the role that plans may do besides; may be given several times',
        useCaseIds,
      ),
      many(
        '--apply-trust <text>',
        'who may apply, such as a protected environment; may be given several times',
        trustIds,
      ),
      many(
        '--apply-permissions <text>',
        'what the role that applies may do besides; may be given several times',
        useCaseIds,
      ),
    ];
    for (const flag of pair) command.addOption(flag.helpGroup('Plan and apply apart, in two roles:'));
    command
      .addHelpText(
        'after',
        () => `
Examples:
  postern role --trust 'github-actions --owner acme --repository a --branches main' --permissions '${exampleJob().placeless}' --boundary --account 123456789012 --region eu-west-1
  postern role --plan-trust 'github-actions --owner acme --repository a --branches dev' --apply-trust 'github-actions --owner acme --repository a --branches main' --permissions '${exampleJob().placeless}' --account 123456789012 --region eu-west-1

An entry with its flags is one word of the shell, so quotes stand around it. ${useCases.length} use cases and ${trustEntries.length} trust entries are listed by \`postern list\`. A file has the names of the JSON: trust, permissions, boundary, roleName, path, maxSessionDuration, plan and apply.`,
      )
      .action(async (flags: RoleFlags) => {
        const { role } = await import('./run.js');
        await role(flags, io);
      });
  },
};
