import type { CommandDefinition } from '../../command.js';
import { formats } from '../../formats/index.js';
import { many, once } from '../../options/flags.js';
import { files } from '../../options/offer.js';
import type { BuildFlags } from './flags.js';

const words = Object.keys(formats);

/** `postern build`: prints the roles of a `postern.yaml`. */
export const buildCommand: CommandDefinition = {
  description: 'Print the roles of a postern.yaml, each in each of its environments, in the format of your tool.',
  place: 6,
  define(command, io) {
    command
      .addOption(
        once('--config <file>', 'the file with the roles, - for standard input (default: postern.yaml)', files),
      )
      .addOption(many('--role <name>', 'this role alone, by its name in the file; may be given several times'))
      .addOption(many('--environment <name>', 'this environment alone; may be given several times'))
      .addOption(once('--format <word>', `One of: ${words.join(', ')} (default: json)`, () => words))
      .addOption(
        once(
          '--output <folder>',
          'write files into this folder, those that changed, instead of printing: one an environment; for cdk and pulumi one a role',
          files,
        ),
      )
      .option(
        '--stack-set',
        'for CloudFormation, one template for all environments: the parameter Environment says which, account and region are those of the stack',
      )
      .addHelpText(
        'after',
        () => `
Examples:
  postern build
  postern build --role deploy --environment production --format terraform
  postern build --format cloudformation --output iam
  postern build --format cloudformation --stack-set

A file says \`version: 1\`, \`account\` and \`region\`, \`environments\` by name with what differs, and \`roles\` by name: \`trust\`, \`permissions\`, \`boundary\`, \`roleName\`, \`path\`, \`maxSessionDuration\`, \`environments\`, or \`plan\` and \`apply\` apart. Texts may hold \`\${account}\`, \`\${region}\` and \`\${environment}\`.

Exit codes: 0 done, 2 bad input; then nothing is written.`,
      )
      .action(async (flags: BuildFlags) => {
        const { build } = await import('./run.js');
        await build(flags, io);
      });
  },
};
