import { InputError } from '../../errors.js';
import type { Io } from '../../io.js';
import { once } from '../../options/flags.js';
import type { PosternCommand } from '../../postern-command.js';

export interface WhyFlags {
  readonly json?: true;
  readonly file?: string;
}

/** `postern why`: its flags. */
export function addWhy(program: PosternCommand, io: Io): void {
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
      const { why } = await import('../on-use.js');
      return why(text, flags, io);
    });
}
