import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { once, Operand } from '../../options/flags.js';
import { files } from '../../options/offer.js';
import type { WhyFlags } from './flags.js';

/** `postern why`: its flags. */
export const whyCommand: CommandDefinition = {
  description: 'Read an AccessDenied message and say which use case and option bring the permission.',
  place: 150,
  define(command, io) {
    command
      .addArgument(new Operand('[text]', 'the message; without it, standard input is read'))
      .addOption(once('--file <path>', 'read a log instead, - for standard input', files))
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
  },
};
