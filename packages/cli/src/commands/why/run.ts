import {
  describePredicate,
  quote,
  respell,
  visible,
  type Permission,
  type StatementTemplate,
  type UseCase,
} from '@postern/core';
import { rules } from '@postern/sandbox';
import {
  askingOf,
  describeReason,
  headingOf,
  identityProblems,
  isOfLayers,
  look,
  notesOn,
  readDenials,
  toDo,
  type Candidate,
  type Known,
  type ReadDenial,
} from '@postern/why';
import { Finding, InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { readBounded } from '../../options/file.js';
import { commandLine } from '../../options/spell.js';
import { headingStyle } from '../../styles.js';
import { findUseCase } from '../../use-cases.js';
import type { WhyFlags } from './flags.js';
import { flagsFor } from './advice.js';

/** Logs of a long job. */
const largest = 64 * 2 ** 20;

const nothing: Known = { candidates: [], elsewhere: [], excluded: [] };

/** `postern why`: which action on which resource was refused, and what brings it. */
export async function why(text: string | undefined, flags: WhyFlags, io: Io): Promise<void> {
  const read = text ?? (await readBounded(flags.file ?? '-', io, largest, 'give the part with the error'));
  const denials = readDenials(read, rules);
  if (denials.length === 0)
    throw new InputError([
      'no refusal of AWS was found in the text: give the line with `is not authorized to perform`, or with `AccessDenied` and what stands around it, or the event of CloudTrail',
    ]);
  if (flags.json) writeLine(io.stdout, JSON.stringify(denials.map(toJson), null, 2));
  else for (const denial of denials) explain(denial, io);
  const unclear = denials.every(({ action, problem }) => action === undefined && problem === undefined);
  if (unclear) throw new Finding('the message does not say which action was refused');
}

function knownOf(denial: ReadDenial): Known {
  const asking = askingOf(denial);
  return asking === undefined ? nothing : look(asking);
}

function toJson(denial: ReadDenial): object {
  const { candidates, excluded } = knownOf(denial);
  const brought = candidates.map((candidate) => ({
    ...permissionToJson(candidate),
    flags: flagsFor(findUseCase(candidate.useCase), candidate),
  }));
  return {
    ...denial,
    brought,
    excluded: excluded.map(({ useCase, why: reason }) => ({ useCase, why: reason })),
    notes: notesOn(denial),
  };
}

function permissionToJson({ useCase, sid, action, reason, when }: Permission): object {
  return { useCase, sid, action, reason, when: when === undefined ? null : describePredicate(when) };
}

function explain(denial: ReadDenial, io: Io): void {
  const heading = headingStyle(io.stdout, io);
  // A log may hold what moves the cursor or turns the writing round.
  const line = (text: string) => writeLine(io.stdout, visible(text));
  const { action, resource, principal, reason, policy, operation, service, problem, issuer } = denial;
  writeLine(io.stdout, heading(visible(headingOf(denial))));
  if (principal !== undefined) line(`  asked by  ${principal}`);
  if (action !== undefined && operation !== undefined && !action.endsWith(`:${operation}`))
    line(
      `  sent as   ${operation}${service === undefined || action.startsWith(`${service}:`) ? '' : ` of ${service}`}`,
    );
  if (problem !== undefined) line(`  since     ${identityProblems[problem].says}`);
  if (issuer !== undefined) line(`  issuer    ${issuer}`);
  if (reason !== undefined) line(`  since     ${describeReason(reason)}`);
  if (policy !== undefined) line(`  policy    ${policy}`);
  const known = knownOf(denial);
  for (const candidate of known.candidates) {
    const useCase = findUseCase(candidate.useCase);
    line(`  brought   by ${candidate.useCase}, ${candidate.sid}${toDo(candidate.reason).replace(/^ to/, ': to')}`);
    line(`    when    ${whenText(candidate, useCase)}`);
    const flags = resource === undefined ? [] : flagsFor(useCase, candidate);
    if (flags.length > 0) line(`    with    ${flags.join(' ')}`);
    for (const fence of fencesOf(candidate.statement)) line(`    only    ${fence}`);
  }
  if (action !== undefined && problem === undefined && !action.startsWith('sts:AssumeRoleWith')) {
    for (const text of missing(action, resource, known)) line(`  ${text}`);
  }
  for (const note of notesOn(denial)) line(`  note      ${note}`);
}

/** What there is to say where no use case brings it. */
function missing(action: string, resource: string | undefined, { candidates, elsewhere, excluded }: Known): string[] {
  if (candidates.length > 0) return [];
  if (elsewhere.length > 0) {
    return [
      `no use case brings it ${resource === undefined ? 'here' : 'for this resource'}`,
      ...elsewhere.map(
        ({ useCase, sid }) =>
          `  only      ${useCase}, ${sid}, has the action: ${narrowness(findUseCase(useCase), sid)}`,
      ),
    ];
  }
  if (excluded.length > 0)
    return excluded.map(
      ({ useCase, why: because }) =>
        `no use case brings it: a job of ${quote(useCase)} should not need it, since ${because}`,
    );
  if (isOfLayers(resource)) return [];
  return [`no use case of the catalog covers ${quote(action)}; nothing is known about why a job would call it`];
}

/** What a statement is limited to, in words. */
function narrowness(useCase: UseCase, sid: string): string {
  const statement = useCase.statements.find((one) => one.sid === sid)!;
  const fences = fencesOf(statement);
  return fences.length > 0 ? `it counts ${fences.join(' and ')}` : 'it is for resources of another form';
}

/** Conditions whose values the entry itself fixes. */
function fencesOf({ conditions = [] }: StatementTemplate): string[] {
  return conditions.flatMap(({ key, values, when }) => {
    const fixed = values.filter((value): value is string => typeof value === 'string');
    if (when !== undefined || fixed.length !== values.length || key === 'dynamodb:LeadingKeys') return [];
    return [`where ${quote(key)} is ${fixed.map((value) => quote(value)).join(' or ')}`];
  });
}

function whenText({ when }: Candidate, useCase: UseCase): string {
  return when === undefined ? 'always' : respell(describePredicate(when), useCase, commandLine);
}
