import { InputError } from '../../errors.js';
import type { Io } from '../../io.js';
import { once } from '../../options/flags.js';
import type { PosternCommand } from '../../postern-command.js';
import { worldHelp } from './world-help.js';

/** The flags of `postern sandbox` and `postern record`. */
export interface RunFlags {
  readonly policy?: readonly string[];
  readonly account?: string;
  readonly region?: string;
  readonly user?: string;
  readonly empty?: true;
  readonly world?: string;
  readonly kmsAlias?: readonly string[];
  readonly report?: string;
  readonly output?: string;
}

/** What stands behind `--` is the program's own. */
const programArguments = '[command...]';

/** `postern sandbox`: its flags. */
export function addSandbox(program: PosternCommand, io: Io): void {
  program
    .command('sandbox')
    .description('Run a command against a stand-in for AWS that enforces policies, and print what was denied.')
    .argument(programArguments, 'the command, behind `--`')
    .option('--policy <file...>', 'policies the command has: a file, or a use case with its flags in quotes')
    .addOption(once('--account <id>', 'the account (default: the one in the policy, else AWS_ACCOUNT_ID)'))
    .addOption(once('--region <name>', 'the region (default: the one in the policy, else AWS_REGION)'))
    .addOption(once('--user <name>', 'be an IAM user of this name instead of a role session'))
    .option('--empty', 'nothing exists yet; else what the command names is taken to exist')
    .addOption(once('--world <file>', 'what exists besides, in a JSON or YAML file: see below'))
    .option('--kms-alias <alias=key...>', 'which KMS key an alias stands for, as alias/NAME=KEY')
    .addOption(once('--report <file>', 'write every request with its checks to a file, as JSON'))
    .addHelpText(
      'after',
      () =>
        `${worldHelp}\n\nExamples:\n  postern sandbox --policy role.json -- aws s3 cp file s3://my-bucket/key\n  postern sandbox --policy role.json --world world.yaml -- aws ecs deploy --cluster production --service web ...`,
    )
    .action(async (command: string[], flags: RunFlags) => {
      const problems = [
        ...(flags.policy === undefined ? ['`--policy` is missing: name a policy file, or use `postern record`'] : []),
        ...(command.length === 0 ? ['the command is missing: write it behind `--`'] : []),
      ];
      if (problems.length > 0) throw new InputError(problems);
      const { sandbox } = await import('../on-use.js');
      return sandbox(command, flags, io);
    });
}
