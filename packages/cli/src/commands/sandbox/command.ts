import { useCases, type UseCase } from '@postern/core';
import { flagsOf, InputError, once, type AddCommand } from '@postern/cli';

/** The flags of `postern prove` besides those of the use case. */
export interface ProveFlags {
  readonly scenario?: string;
  readonly exhaustive?: true;
  readonly keep?: true;
  readonly json?: true;
  readonly check?: string;
  readonly evidence?: string;
  readonly require?: true;
  readonly seed?: string;
  readonly tool?: readonly string[];
  readonly options?: string;
}

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

export interface WhyFlags {
  readonly json?: true;
  readonly file?: string;
}

const ids = useCases.map(({ id }) => id).join(', ');

const addProve: AddCommand = (program, io, args) => {
  const command = program
    .command('prove')
    .description('Run the real tools under a policy in a sandbox, and take each permission away.')
    .argument('[use-case]', `one of: ${ids}`)
    .addOption(once('--scenario <name>', 'only this scenario'))
    .addOption(once('--options <file>', 'read options of the use case from a JSON or YAML file'))
    .option('--exhaustive', 'every permission in every option cell, and every pair: takes long')
    .option('--keep', 'leave the folders of the runs, to look at')
    .option('--require', 'a missing tool is a finding')
    .option('--tool <name=path...>', 'the program to run as terraform, skopeo, aws or terragrunt')
    .addOption(once('--seed <number>', 'for the random pairs (default: 1)'))
    .addOption(once('--check <file>', 'compare with the evidence in a file'))
    .addOption(once('--evidence <file>', 'write the evidence to a file; never where a tool is missing'))
    .option('--json', 'print the evidence as JSON');
  const useCase = (useCases as readonly UseCase[]).find(({ id }) => args.includes(id));
  if (useCase !== undefined) for (const flag of flagsOf(useCase)) command.addOption(flag);
  command
    .addHelpText(
      'after',
      () =>
        '\nWithout options of the use case, its own option cells are proved; with them, these options.\nNothing leaves this machine: the tools see a sandbox on 127.0.0.1.\n\nExamples:\n  postern prove ecr-docker-push\n  postern prove terraform-remote-state-s3 --bucket acme-state --keys app/terraform.tfstate --access plan --account 123456789012 --region eu-west-1',
    )
    .action(async (id: string | undefined, flags: ProveFlags & Record<string, unknown>) => {
      if (id === undefined) throw new InputError(['`postern prove` needs a use case: see `postern list`']);
      const { prove } = await import('./run.js');
      return prove(id, flags, io);
    });
};

/** What a world file holds. */
const worldHelp = `
A world file says what exists, so that a blue/green deployment or a lookup has
something to find. Every section may be left out:
  services:
    - { cluster: prod, name: web, controller: CODE_DEPLOY, taskDefinition: web }
  deploymentGroups:
    - { application: a, name: g, cluster: prod, service: web, config: Canary }
  taskDefinitions:
    - { family: web, executionRoleArn: web-execution, taskRoleArn: web-task }
  repositories:
    - { name: web, images: [latest] }
  buckets:
    - { name: my-state, kmsKey: alias/state, objects: { app.tfstate: '{}' } }
  tables:
    - { name: locks, partitionKey: LockID }
  parameters:
    /web/version: '1.2'
  kmsAliases:
    alias/state: 1234abcd-12ab-34cd-56ef-1234567890ab`;

/** What stands behind `--` is the program's own. */
const programArguments = '[command...]';

const addSandbox: AddCommand = (program, io) => {
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
      const { sandbox } = await import('./run.js');
      return sandbox(command, flags, io);
    });
};

const addRecord: AddCommand = (program, io) => {
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
      const { record } = await import('./run.js');
      return record(command, flags, io);
    });
};

const addWhy: AddCommand = (program, io) => {
  program
    .command('why')
    .description('Read an AccessDenied message and say which use case and option bring the permission.')
    .argument('[text]', 'the message; without it, standard input is read')
    .addOption(once('--file <path>', 'read a log instead, - for standard input'))
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      () =>
        '\nExample:\n  postern why "User: arn:aws:sts::123456789012:assumed-role/ci/run is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:123456789012:repository/my-app because no identity-based policy allows the ecr:BatchGetImage action"',
    )
    .action(async (text: string | undefined, flags: WhyFlags) => {
      if (text !== undefined && flags.file !== undefined)
        throw new InputError(['a message and `--file` exclude each other: keep one']);
      const { why } = await import('./run.js');
      return why(text, flags, io);
    });
};

/** The commands of the sandbox, by name; what they do is loaded when one of them runs. */
export const sandboxCommands: Readonly<Record<string, AddCommand>> = {
  prove: addProve,
  sandbox: addSandbox,
  record: addRecord,
  why: addWhy,
};
