import { compare } from '@postern/core';
import { failures, type DiffFlags } from '../commands/diff.js';
import { Finding } from '../errors.js';
import { writeLine, type Io } from '../io.js';
import { examplePlace, readInput } from '../policies/input.js';
import { printMarkdown, printText, reportDifference } from '../reports/difference-report.js';
import { headingStyle } from '../styles.js';

/** Compares two inputs and prints what was found. */
export async function diff(a: string, b: string, flags: DiffFlags, io: Io): Promise<void> {
  const place = {
    account: flags.account ?? examplePlace.account,
    region: flags.region ?? examplePlace.region,
    partition: flags.partition ?? examplePlace.partition,
  };
  const before = await readInput(a, place, io);
  const after = await readInput(b, place, io);
  for (const note of new Set([...before.notes, ...after.notes])) writeLine(io.stderr, `note: ${note}`);
  const comparison = compare(before.documents, after.documents);
  if (flags.json) writeLine(io.stdout, JSON.stringify(comparison, null, 2));
  else {
    const report = reportDifference(before.documents, after.documents, comparison);
    io.stdout.write(
      flags.markdown
        ? printMarkdown(report, [before.label, after.label])
        : printText(report, headingStyle(io.stdout, io)),
    );
  }
  const { relation } = comparison;
  if (flags.failOn !== undefined && failures[flags.failOn]!.includes(relation)) {
    throw new Finding(`the second is ${relation}, and \`--fail-on ${flags.failOn}\` was given`);
  }
}
