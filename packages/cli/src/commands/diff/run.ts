import { parse, quote } from '@postern/core';
import type { Gains } from '../../access/gains.js';
import { namedByPolicy } from '../../access/pieces.js';
import { lazyReference } from '../../access/reference.js';
import { placeOfDocuments } from '../../access/request.js';
import { failures, type DiffFlags } from './flags.js';
import { Finding, InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { requireParameters, type PolicyInput } from '../../policies/chosen.js';
import { readInput } from '../../policies/input.js';
import { examplePlace, placeOf } from '../../policies/place.js';
import { readType } from '../../options/document-type.js';
import { readParameters } from '../../policies/parameters.js';
import { differenceFindings, printMarkdown, printText, reportDifference } from '../../reports/difference-report.js';
import { plainJson, plainLine } from '../../reports/plain.js';
import { printSarif } from '../../reports/sarif.js';
import { headingStyle } from '../../styles.js';
import { findDifference } from './difference.js';

/** Compares two inputs and prints what was found. */
export async function diff(a: string, b: string, flags: DiffFlags, io: Io): Promise<void> {
  const parameters = readParameters(flags.parameter);
  const place = placeOf(flags, parameters);
  const type = readType(flags.type);
  const before = await readInput(a, place, io, { type });
  const after = await readInput(b, place, io, { type });
  requireParameters(parameters, [before, after]);
  requireOneType(before, after);
  for (const note of new Set([...before.notes, ...after.notes])) writeLine(io.stderr, plainLine(`note: ${note}`));
  const { account, region, partition } = flags;
  const seen = {
    ...examplePlace,
    ...placeOfDocuments([...after.documents, ...before.documents]),
    ...(account && { account }),
    ...(region && { region }),
    ...(partition && { partition }),
  };
  const isOpen = before.isOpen || after.isOpen;
  const surroundings = { place: seen, reference: lazyReference() };
  const found = await findDifference(before.documents, after.documents, isOpen, surroundings);
  const difference = {
    ...found,
    gained: withPolicyNames(found.gained, before.documentNames, after.documentNames),
    lost: withPolicyNames(found.lost, after.documentNames, before.documentNames),
  };
  const { relation, reason, gained, lost } = difference;
  if (flags.json) {
    const [first, other] = [gained.gains[0]?.witness ?? null, lost.gains[0]?.witness ?? null];
    const all = {
      relation,
      gained: first,
      lost: other,
      reason,
      gains: gained.gains,
      losses: lost.gains,
      unseen: gained.unseen + lost.unseen,
    };
    writeLine(io.stdout, plainJson(all));
  } else {
    const report = reportDifference(before.documents, after.documents, difference, isOpen);
    if (flags.sarif) io.stdout.write(printSarif(differenceFindings(report, fileOf(b))));
    else if (flags.markdown) io.stdout.write(printMarkdown(report, [before.label, after.label]));
    else io.stdout.write(printText(report, headingStyle(io.stdout, io)));
  }
  if (flags.failOn !== undefined && failures[flags.failOn]!.includes(relation)) {
    throw new Finding(`the second is ${relation}, and ${quote(`--fail-on ${flags.failOn}`)} was given`);
  }
}

/** @throws {InputError} where one side is about other things than the other */
function requireOneType(before: PolicyInput, after: PolicyInput): void {
  const types = [before, after].map(({ documents }) => [...new Set(documents.map((source) => parse(source).type))]);
  const all = [...new Set(types.flat())];
  if (all.length < 2) return;
  const named = [before, after].map(({ label }, index) => `${quote(label)} holds ${types[index]!.join(' and ')}`);
  throw new InputError([`${named.join(', ')} policies: compare those of one type, a trust policy with a trust policy`]);
}

/** What a Deny took away stands in the policies of the other side. */
function withPolicyNames(gains: Gains, from: readonly string[], to: readonly string[]): Gains {
  const named = gains.gains.map((gain) => ({
    ...gain,
    statement: namedByPolicy(gain.statement, gain.effect === 'Deny' ? from : to),
  }));
  return { ...gains, gains: named };
}

function fileOf(argument: string): string {
  return argument.replace(/#[^#]*$/, '');
}
