import {
  describePredicate,
  findAction,
  listPermissions,
  quote,
  respell,
  useCases,
  type Permission,
  type UseCase,
} from '@postern/core';
import {
  commandLine,
  Finding,
  findUseCase,
  headingStyle,
  InputError,
  readBounded,
  writeLine,
  type Io,
} from '@postern/cli';
import { readDenials, type ReadDenial } from '../why/read-denials.js';
import type { WhyFlags } from './commands.js';

/** Logs of a long job. */
const largest = 64 * 2 ** 20;

/** `postern why`: which action on which resource was refused, and what brings it. */
export async function why(text: string | undefined, flags: WhyFlags, io: Io): Promise<void> {
  const read = text ?? (await readBounded(flags.file ?? '-', io, largest, 'give the part with the error'));
  const denials = readDenials(read);
  if (denials.length === 0)
    throw new InputError([
      'no AccessDenied message is in the text: give the line with `is not authorized to perform`, or `AccessDenied`',
    ]);
  if (flags.json) {
    writeLine(
      io.stdout,
      JSON.stringify(
        denials.map((denial) => ({ ...denial, brought: broughtBy(denial).map(toJson) })),
        null,
        2,
      ),
    );
    return;
  }
  for (const denial of denials) explain(denial, io);
  const unclear = denials.every(({ action }) => action === undefined);
  if (unclear) throw new Finding('the message does not say which action was refused');
}

function toJson({ useCase, sid, action, reason, when }: Permission): object {
  return { useCase, sid, action, reason, when: when === undefined ? null : describePredicate(when) };
}

/** Permissions of the catalog for the action; those whose statement could hold the resource come first. */
function broughtBy({ action }: ReadDenial): Permission[] {
  return action === undefined ? [] : findAction(useCases, action);
}

function explain(denial: ReadDenial, io: Io): void {
  const heading = headingStyle(io.stdout, io);
  const line = (text: string) => writeLine(io.stdout, text);
  const { action, resource, principal, reason, operation, encoded } = denial;
  if (action === undefined) {
    line(heading(operation === undefined ? 'A refusal without an action' : `The operation ${operation}`));
    line(
      encoded
        ? '  the message is encoded: `aws sts decode-authorization-message --encoded-message TEXT` reads it, where you may'
        : '  the message names no action: run the command with `postern record --` to see what it asks for',
    );
    return;
  }
  line(heading(`${action} on ${resource ?? 'a resource the message does not name'}`));
  if (principal !== undefined) line(`  asked by  ${principal}`);
  if (operation !== undefined && !action.endsWith(`:${operation}`)) line(`  sent as   ${operation}`);
  if (reason !== undefined) line(`  since     ${describeReason(reason)}`);
  const found = broughtBy(denial);
  for (const permission of found) {
    const useCase = findUseCase(permission.useCase);
    line(`  brought   by ${permission.useCase}, ${permission.sid}: to ${permission.reason}`);
    line(`    when    ${whenText(permission, useCase)}`);
  }
  if (found.length === 0) {
    const service = action.split(':')[0]!;
    const own = useCases.filter((useCase) =>
      listPermissions(useCase).some((one) => one.action.startsWith(`${service}:`)),
    );
    line(
      own.length === 0
        ? `  no use case brings it: none has anything to do with ${quote(service)}`
        : `  no use case brings it: a job of ${own.map(({ id }) => quote(id)).join(' or ')} should not need it`,
    );
  }
}

function whenText({ when }: Permission, useCase: UseCase): string {
  return when === undefined ? 'always' : respell(describePredicate(when), useCase, commandLine);
}

function describeReason(reason: string): string {
  if (reason.startsWith('explicit deny')) return `there is an ${reason}, so more permissions do not help`;
  return reason.includes('identity-based')
    ? 'no identity policy allows it'
    : `no ${reason} allows it: the identity policy alone is not enough`;
}
