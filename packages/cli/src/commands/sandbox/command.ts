import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { Flag, once, Operand } from '../../options/flags.js';
import { files } from '../../options/offer.js';
import type { RunFlags } from './flags.js';
import { worldHelp } from './world-help.js';

/** `postern sandbox`: its flags. */
export const sandboxCommand: CommandDefinition = {
  description: 'Run a command against a stand-in for AWS that enforces policies, and print what was denied.',
  place: 130,
  define(command, io) {
    command
      .addArgument(new Operand('[command...]', 'the command, behind `--`', files))
      .addOption(
        new Flag(
          '--policy <file...>',
          'policies the command has: a file, or a use case with its flags in quotes',
          files,
        ),
      )
      .addOption(once('--account <id>', 'the account (default: the one in the policy, else AWS_ACCOUNT_ID)'))
      .addOption(once('--region <name>', 'the region (default: the one in the policy, else AWS_REGION)'))
      .addOption(once('--user <name>', 'be an IAM user of this name instead of a role session'))
      .option('--empty', 'nothing exists yet; else what the command names is taken to exist')
      .addOption(once('--world <file>', 'what exists besides, in a JSON or YAML file: see below', files))
      .addOption(new Flag('--kms-alias <alias=key...>', 'which KMS key an alias stands for, as alias/NAME=KEY'))
      .addOption(once('--report <file>', 'write every request with its checks to a file, as JSON', files))
      .addHelpText(
        'after',
        () =>
          `${worldHelp}\n\nExamples:\n  postern sandbox --policy role.json -- aws s3 cp file s3://my-bucket/key\n  postern sandbox --policy role.json --world world.yaml -- aws ecs deploy --cluster production --service web ...`,
      )
      .action(async (words: string[], flags: RunFlags) => {
        const problems = [
          ...(flags.policy === undefined ? ['`--policy` is missing: name a policy file, or use `postern record`'] : []),
          ...(words.length === 0 ? ['the command is missing: write it behind `--`'] : []),
        ];
        if (problems.length > 0) throw new InputError(problems);
        const { sandbox } = await import('./run.js');
        return sandbox(words, flags, io);
      });
  },
};
