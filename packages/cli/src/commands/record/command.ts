import { InputError } from '../../errors.js';
import type { Io } from '../../io.js';
import { once } from '../../options/flags.js';
import type { PosternCommand } from '../../postern-command.js';
import type { RunFlags } from '../sandbox/command.js';
import { worldHelp } from '../sandbox/world-help.js';

/** What stands behind `--` is the program's own. */
const programArguments = '[command...]';

/** `postern record`: its flags. */
export function addRecord(program: PosternCommand, io: Io): void {
  program
    .command('record')
    .description('Run a command against a stand-in for AWS that allows everything, and print the least policy for it.')
    .argument(programArguments, 'the command, behind `--`')
    .addOption(once('--account <id>', 'the account (default: AWS_ACCOUNT_ID, else 123456789012)'))
    .addOption(once('--region <name>', 'the region (default: AWS_REGION, else eu-west-1)'))
    .addOption(once('--user <name>', 'be an IAM user of this name instead of a role session'))
    .option('--empty', 'nothing exists yet; else what the command names is taken to exist')
    .addOption(once('--world <file>', 'what exists besides, in a JSON or YAML file: see below'))
    .option('--kms-alias <alias=key...>', 'which KMS key an alias stands for, as alias/NAME=KEY')
    .addOption(once('--report <file>', 'write every request with its checks to a file, as JSON'))
    .addOption(once('--output <file>', 'write the policy to a file instead of standard output'))
    .addHelpText(
      'after',
      () =>
        `${worldHelp}\n` +
        '\nThe policy is printed to standard output, and what the command prints goes to standard error; with --output the\ncommand keeps its standard output. Where a request was not understood, the policy is not known: exit code 1.\n\nExamples:\n  postern record -- terraform plan\n  postern record --output role.json -- aws s3 cp file s3://my-bucket/key',
    )
    .action(async (command: string[], flags: RunFlags) => {
      if (command.length === 0) throw new InputError(['the command is missing: write it behind `--`']);
      const { record } = await import('../on-use.js');
      return record(command, flags, io);
    });
}
