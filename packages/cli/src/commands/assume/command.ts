import { InputError } from '../../errors.js';
import type { Io } from '../../io.js';
import { once } from '../../options/flags.js';
import type { PosternCommand } from '../../postern-command.js';

/** The flags of `postern assume`. */
export interface AssumeFlags {
  readonly policy?: string;
  readonly token?: string;
  readonly issuer?: string;
  readonly roleArn?: string;
  readonly clientId?: readonly string[];
  readonly context?: readonly string[];
  readonly json?: true;
}

/** `postern assume --policy FILE --token FILE`: whether a trust policy lets a CI job's token in, and why not. */
export function addAssume(program: PosternCommand, io: Io): void {
  const several = (value: string, before: readonly string[] = []): string[] => [...before, value];
  program
    .command('assume')
    .description(
      'Say whether the trust policy of a role lets a token in, and if not, which condition fails and what would let exactly this token in. The token is read, never verified, and never printed.',
    )
    .addOption(once('--policy <file>', 'the trust policy, or what `aws iam get-role` prints; `-` for standard input'))
    .addOption(once('--token <file>', 'a JWT, or its claims as JSON; `-` for standard input'))
    .addOption(once('--issuer <url>', 'the issuer, where the claims have no `iss` (default: that of the token)'))
    .addOption(once('--role-arn <arn>', 'the role that is asked for: its account, and what a token may say of roles'))
    .option('--client-id <audience>', 'an audience that the provider in IAM lists; may be given several times', several)
    .option('--context <key=value>', 'a condition key that no token says, such as aws:SourceIp=203.0.113.7', several)
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
}
