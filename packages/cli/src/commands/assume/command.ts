import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { many, once } from '../../options/flags.js';
import { files } from '../../options/offer.js';
import type { AssumeFlags } from './flags.js';

/** `postern assume --policy FILE --token FILE`: whether a trust policy lets a CI job's token in, and why not. */
export const assumeCommand: CommandDefinition = {
  description:
    'Say whether the trust policy of a role lets a token in, and if not, which condition fails and what would let exactly this token in. The token is read, never verified, and never printed.',
  place: 65,
  define(command, io) {
    command
      .addOption(
        once(
          '--policy <file>',
          'the trust policy, what `aws iam get-role` prints, or FILE#ROLE of a template, a plan or account details; `-` for standard input',
          files,
        ),
      )
      .addOption(once('--token <file>', 'a JWT, or its claims as JSON; `-` for standard input', files))
      .addOption(once('--issuer <url>', 'the issuer, where the claims have no `iss` (default: that of the token)'))
      .addOption(once('--role-arn <arn>', 'the role that is asked for: its account, and what a token may say of roles'))
      .addOption(
        many('--client-id <audience>', 'an audience that the provider in IAM lists; may be given several times'),
      )
      .addOption(
        many(
          '--context <key=value>',
          'a condition key that no token says, such as aws:SourceIp=203.0.113.7; may be given several times',
        ),
      )
      .option('--json', 'print JSON: allowed, failed, reason')
      .addHelpText(
        'after',
        () =>
          '\nExamples:\n  postern assume --policy trust.json --token claims.json\n  aws iam get-role --role-name ci | postern assume --policy - --token token.jwt --json\n\nExit codes: 0 let in, 1 not let in, 2 bad input.',
      )
      .action(async (flags: AssumeFlags) => {
        const problems = [
          ...(flags.policy === undefined ? ['`--policy` is missing: name the file of the trust policy'] : []),
          ...(flags.token === undefined ? ['`--token` is missing: name the file of the token, or of its claims'] : []),
          ...(flags.policy === '-' && flags.token === '-'
            ? ['standard input can be the policy or the token, not both']
            : []),
        ];
        if (problems.length > 0) throw new InputError(problems);
        const { assumeRole } = await import('./run.js');
        return assumeRole(flags.policy!, flags.token!, flags, io);
      });
  },
};
