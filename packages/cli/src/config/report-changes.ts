import { quote, type Relation } from '@postern/core';
import { failures } from '../commands/diff/flags.js';
import type { ComparedPart, RoleChange } from '../commands/plan/changes.js';
import { Finding } from '../errors.js';
import { writeLine, type Io } from '../io.js';
import { differenceFindings, printMarkdown, printText, reportDifference } from '../reports/difference-report.js';
import { plainJson, plainLine } from '../reports/plain.js';
import { printSarif } from '../reports/sarif.js';
import { headingStyle } from '../styles.js';

/** How changes are told. */
export interface ChangeReport {
  readonly json?: true | undefined;
  readonly markdown?: true | undefined;
  /** The file that findings are of, where SARIF is wanted. */
  readonly sarifOf?: string | undefined;
  readonly failOn?: string | undefined;
  /** What is called before and after. */
  readonly names: [string, string];
  /** What is said where nothing changed. */
  readonly same: string;
}

/**
 * Tells how roles stand to what they were.
 * @throws {Finding} where one is so that `failOn` says it
 */
export function reportChanges(
  changes: readonly RoleChange[],
  { failOn, json, markdown, names, same, sarifOf }: ChangeReport,
  io: Io,
): void {
  if (json) writeLine(io.stdout, plainJson({ roles: changes.map(asJson) }));
  else if (sarifOf !== undefined) io.stdout.write(printSarif(changes.flatMap((one) => findingsOf(one, sarifOf))));
  else io.stdout.write(changed(changes, same, (one) => (markdown ? markdownOf(one, names) : textOf(one, io))));
  const relations = changes.flatMap(relationsOf);
  const found = relations.find((relation) => failOn !== undefined && failures[failOn]!.includes(relation));
  if (found !== undefined)
    throw new Finding(`how a role stands to what it was is ${found}, and ${quote(`--fail-on ${failOn}`)} was given`);
}

/** How a role stands to what it was; what another boundary lets through is not known. */
function relationsOf({ permissions, settings, trust }: RoleChange): Relation[] {
  const bounded: Relation[] = settings.some(({ name }) => name === 'boundary') ? ['unknown'] : [];
  return [trust.difference.relation, permissions.difference.relation, ...bounded];
}

function changed(changes: readonly RoleChange[], nothing: string, print: (change: RoleChange) => string): string {
  const some = changes.filter(({ change }) => change !== 'same');
  if (some.length === 0) return `Nothing is gained and nothing is lost: ${nothing}.\n`;
  const same = changes.length - some.length;
  const rest =
    same === 0 ? [] : [`${same} of ${changes.length} roles ${same === 1 ? 'is what it was' : 'are what they were'}.\n`];
  return [...some.map(print), ...rest].join('\n');
}

function titleOf({ change, environment, name, roleName }: RoleChange): string {
  const where = environment === undefined ? '' : ` in ${environment}`;
  return `${name}${where}${roleName === name ? '' : ` (${roleName})`}: ${change}`;
}

function settingLines({ settings }: RoleChange): string[] {
  return settings.map(({ after, before, name }) => `${name}: ${quote(before)} before, ${quote(after)} now`);
}

const sides = [
  ['Trust', 'trust'],
  ['Permissions', 'permissions'],
] as const;

function textOf(change: RoleChange, io: Io): string {
  const heading = headingStyle(io.stdout, io);
  const parts = sides.flatMap(([title, name]) => {
    const { after, before, difference } = change[name];
    if (difference.relation === 'equal') return [];
    const text = printText(reportDifference(before, after, difference, false), (plain) => plain);
    return [
      `  ${title}`,
      ...text
        .trimEnd()
        .split('\n')
        .map((line) => (line === '' ? '' : `    ${line}`)),
    ];
  });
  const lines = [heading(titleOf(change)), ...settingLines(change).map((line) => plainLine(`  ${line}`)), ...parts];
  return `${lines.join('\n')}\n`;
}

function markdownOf(change: RoleChange, names: [string, string]): string {
  const parts = sides.flatMap(([title, name]) => {
    const { after, before, difference } = change[name];
    if (difference.relation === 'equal') return [];
    return [`#### ${title}`, '', printMarkdown(reportDifference(before, after, difference, false), names)];
  });
  const settings = settingLines(change).map((line) => plainLine(`- ${line}`));
  return [`### ${titleOf(change)}`, '', ...(settings.length === 0 ? [] : [...settings, '']), ...parts].join('\n');
}

function asJson({ permissions, trust, ...change }: RoleChange): object {
  const side = ({ difference: { gained, lost, reason, relation } }: ComparedPart) => ({
    relation,
    reason,
    gains: gained.gains,
    losses: lost.gains,
    unseen: gained.unseen + lost.unseen,
  });
  return { ...change, environment: change.environment ?? null, trust: side(trust), permissions: side(permissions) };
}

/** What is gained and lost, with the role in front. */
function findingsOf(change: RoleChange, file: string) {
  return sides.flatMap(([, name]) => {
    const { after, before, difference } = change[name];
    if (difference.relation === 'equal') return [];
    const title = `${titleOf(change)}: ${name}`;
    return differenceFindings(reportDifference(before, after, difference, false), file).map((finding) => ({
      ...finding,
      message: `${title}: ${finding.message}`,
      key: `${title} ${finding.key}`,
    }));
  });
}
