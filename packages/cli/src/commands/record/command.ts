import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { Flag, once, Operand } from '../../options/flags.js';
import { files } from '../../options/offer.js';
import type { RunFlags } from '../sandbox/flags.js';
import { worldHelp } from '../sandbox/world-help.js';

/** `postern record`: its flags. */
export const recordCommand: CommandDefinition = {
  description: 'Run a command against a stand-in for AWS that allows everything, and print the least policy for it.',
  place: 140,
  define(command, io) {
    command
      .addArgument(new Operand('[command...]', 'the command, behind `--`', files))
      .addOption(once('--account <id>', 'the account (default: AWS_ACCOUNT_ID, else 123456789012)'))
      .addOption(once('--region <name>', 'the region (default: AWS_REGION, else eu-west-1)'))
      .addOption(once('--user <name>', 'be an IAM user of this name instead of a role session'))
      .option('--empty', 'nothing exists yet; else what the command names is taken to exist')
      .addOption(once('--world <file>', 'what exists besides, in a JSON or YAML file: see below', files))
      .addOption(new Flag('--kms-alias <alias=key...>', 'which KMS key an alias stands for, as alias/NAME=KEY'))
      .addOption(once('--report <file>', 'write every request with its checks to a file, as JSON', files))
      .addOption(once('--output <file>', 'write the policy to a file instead of standard output', files))
      .addHelpText(
        'after',
        () =>
          `${worldHelp}\n` +
          '\nThe policy is printed to standard output, and what the command prints goes to standard error; with --output the\ncommand keeps its standard output. Where a request was not understood, the policy is not known: exit code 1.\n\nExamples:\n  postern record -- terraform plan\n  postern record --output role.json -- aws s3 cp file s3://my-bucket/key',
      )
      .action(async (words: string[], flags: RunFlags) => {
        if (words.length === 0) throw new InputError(['the command is missing: write it behind `--`']);
        const { record } = await import('./run.js');
        return record(words, flags, io);
      });
  },
};
