import { loadConfig, quote, type BuiltConfigRole, type Relation } from '@postern/core';
import { readConfigFile, readConfigText, type ConfigFile } from '../../config/read-file.js';
import { Finding, InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { examplePlace } from '../../policies/input.js';
import { printMarkdown, printText, reportDifference } from '../../reports/difference-report.js';
import { plainJson, plainLine } from '../../reports/plain.js';
import { headingStyle } from '../../styles.js';
import { failures } from '../diff/flags.js';
import { findChanges, type RoleChange, type ComparedPart } from './changes.js';
import type { PlanFlags } from './flags.js';
import { textAt } from './revision.js';

/** Says what a change of `postern.yaml` since a revision grants and takes away. */
export async function plan(since: string, flags: PlanFlags, io: Io): Promise<void> {
  if (flags.config === '-') throw new InputError(['--config: name a file, whose history is read']);
  const file = await readConfigFile(flags.config, io);
  const after = builtOf(file);
  const old = textAt(since, file.name);
  const before = old === undefined ? [] : builtOf(await readConfigText(old, `${since}:${file.name}`));
  if (old === undefined)
    writeLine(io.stderr, plainLine(`note: ${quote(since)} has no ${quote(file.name)}: every role is new`));
  if ([...before, ...after].some(({ given }) => given.settings['account'] === undefined)) {
    writeLine(
      io.stderr,
      `note: where no account is given, both sides are compared as in the account ${examplePlace.account}`,
    );
  }
  const changes = await findChanges(before, after);
  if (flags.json) writeLine(io.stdout, plainJson({ roles: changes.map(asJson) }));
  else io.stdout.write(changed(changes, (one) => (flags.markdown ? markdownOf(one, since) : textOf(one, io))));
  const relations = changes.flatMap(relationsOf);
  const found = relations.find((relation) => flags.failOn !== undefined && failures[flags.failOn]!.includes(relation));
  if (found !== undefined)
    throw new Finding(
      `how a role stands to what it was is ${found}, and ${quote(`--fail-on ${flags.failOn}`)} was given`,
    );
}

function builtOf({ describe, value }: ConfigFile): readonly BuiltConfigRole[] {
  const { built, problems } = loadConfig(value, { place: examplePlace });
  if (problems.length > 0) throw new InputError(describe(problems));
  return built;
}

/** How a role stands to what it was; what another boundary lets through is not known. */
function relationsOf({ permissions, settings, trust }: RoleChange): Relation[] {
  const bounded: Relation[] = settings.some(({ name }) => name === 'boundary') ? ['unknown'] : [];
  return [trust.difference.relation, permissions.difference.relation, ...bounded];
}

function changed(changes: readonly RoleChange[], print: (change: RoleChange) => string): string {
  const some = changes.filter(({ change }) => change !== 'same');
  if (some.length === 0) return 'Nothing is gained and nothing is lost: every role is what it was.\n';
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

function markdownOf(change: RoleChange, since: string): string {
  const parts = sides.flatMap(([title, name]) => {
    const { after, before, difference } = change[name];
    if (difference.relation === 'equal') return [];
    return [`#### ${title}`, '', printMarkdown(reportDifference(before, after, difference, false), [since, 'now'])];
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
