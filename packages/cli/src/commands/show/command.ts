import {
  isTrustEntry,
  describeEvidence,
  describePredicate,
  describeVendorComparison,
  findAction,
  kindOf,
  listPermissions,
  quote,
  respell,
  trustEntries,
  useCases,
  type AnyEntry,
  type Permission,
  type RecordedProof,
  type UseCase,
} from '@postern/core';
import { loadProof } from '@postern/core/catalog';
import type { CommandDefinition } from '../../command.js';
import { Finding, InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { once, Operand } from '../../options/flags.js';
import { everyId, files, type Offer } from '../../options/offer.js';
import { commandLine, kebabCase } from '../../options/spell.js';
import { takeEntry } from '../../options/use-case-flags.js';
import { wordProblems } from '../../options/words.js';
import { proofText } from '../../printing/proof-text.js';
import { headingStyle } from '../../styles.js';
import { exampleCommand, exampleJob, findUseCase, type Sort } from '../../use-cases.js';
import type { ShowFlags } from './flags.js';
import { showTrust, trustToJson } from './trust.js';
import { compareWithVendors } from './vendors.js';

const words = ['text', 'json', 'svg'];
const missing = 'give either a use case or `--action`: see `postern list`';
const everyEntry: Sort<AnyEntry> = { entries: [...useCases, ...trustEntries], noun: 'use case' };

/** `postern show`: a use case with its options and permissions, or what brings an action. */
export const showCommand: CommandDefinition = {
  description:
    'Show the options and permissions of a use case, whom a trust entry lets in, or which use cases and options bring an action.',
  place: 20,
  define(command, io) {
    command
      .addArgument(new Operand('[use-case]', 'the use case or trust entry to show', everyId))
      .addOption(
        once('--action <action>', 'an IAM action, such as ecr:BatchGetImage; * and ? are wildcards', everyAction),
      )
      .addOption(
        once(
          '--format <word>',
          `One of: ${words.join(', ')} (default: text); svg draws the policy for the options of the use case, which are flags then`,
          () => words,
        ),
      )
      .option('--json', 'print JSON')
      .addOption(
        once(
          '--options <file>',
          'draw for the options of a JSON or YAML file, - for standard input; flags replace what it says',
          files,
        ),
      )
      .addOption(once('--output <file>', 'write the picture to a file, whole or not at all', files))
      .action(async (id: string | undefined, flags: ShowFlags & Record<string, unknown>) => {
        if ((id === undefined) === (flags.action === undefined)) throw new InputError([missing]);
        const problems = problemsOf(flags, taken.useCase);
        if (problems.length > 0) throw new InputError(problems);
        const json = flags.json === true || flags.format === 'json';
        if (flags.action !== undefined) showAction(flags.action, json, io);
        else await showEntry(id!, flags, json, io);
      });
    const taken = takeEntry(command, everyEntry, {
      nameOf: ({ operands }) => operands[0],
      missing,
      orFiles: true,
      found({ id }) {
        command.usage(`${id} [flags]`);
        command.about = id;
      },
    });
    command.addHelpText('after', () => {
      const { id } = taken.useCase ?? exampleJob();
      return `\nExamples:\n  postern show ${id}\n  postern show ${id} --format svg --output picture.svg`;
    });
  },
};

/** What does not go together; the options of an entry are for its picture alone. */
function problemsOf(flags: ShowFlags & Record<string, unknown>, entry: AnyEntry | undefined): string[] {
  const problems = wordProblems('--format', flags.format, words);
  if (flags.json && flags.format !== undefined && flags.format !== 'json')
    problems.push('`--json` is a form of its own: leave `--format` out');
  if (flags.format === 'svg') {
    if (flags.action !== undefined)
      problems.push('`--format svg` draws a use case: name one in the place of `--action`');
    return problems;
  }
  const own = Object.keys(entry?.options ?? {}).filter((name) => flags[name] !== undefined);
  const drawn = [...['options', 'output'].filter((name) => flags[name] !== undefined), ...own];
  const policy = entry === undefined ? undefined : `postern ${isTrustEntry(entry) ? 'trust' : 'generate'} ${entry.id}`;
  const instead = policy === undefined ? 'leave it out' : `use ${quote(policy)} for the policy`;
  return [
    ...problems,
    ...drawn.map(
      (name) => `${quote(`--${kebabCase(name)}`)} is for a picture here: add \`--format svg\`, or ${instead}`,
    ),
  ];
}

async function showEntry(id: string, flags: ShowFlags & Record<string, unknown>, json: boolean, io: Io): Promise<void> {
  const trust = trustEntries.find((entry) => entry.id === id);
  const entry = trust ?? findUseCase(id);
  if (flags.format === 'svg') return (await import('./picture.js')).printPicture(entry, flags, io);
  const proof = await loadProof(id);
  if (trust !== undefined) {
    if (json) writeLine(io.stdout, JSON.stringify({ ...trustToJson(trust), proof: proof ?? null }, null, 2));
    else showTrust(trust, proof, io);
    return;
  }
  const useCase = findUseCase(id);
  if (json) writeLine(io.stdout, JSON.stringify(toJson(useCase, proof), null, 2));
  else showUseCase(useCase, proof, io);
}

/** Every action that some use case brings. */
const everyAction: Offer = () => [
  ...new Set(useCases.flatMap((useCase) => listPermissions(useCase).map(({ action }) => action))),
];

function showAction(action: string, json: boolean, io: Io): void {
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) {
    throw new InputError([`${quote(action)} is no action: write it as \`service:Action\`, such as \`ecr:PutImage\``]);
  }
  const found = findAction(useCases, action);
  if (found.length === 0)
    throw new Finding(`no use case brings ${quote(action)}: see \`postern list\` for what there is`);
  if (json) {
    writeLine(io.stdout, JSON.stringify(found.map(permissionToJson), null, 2));
    return;
  }
  const heading = headingStyle(io.stdout, io);
  for (const permission of found) {
    writeLine(io.stdout, heading(`${permission.useCase}: ${permission.action}`));
    writeLine(io.stdout, `  why   ${permission.reason}`);
    writeLine(io.stdout, `  when  ${whenText(permission, findUseCase(permission.useCase))}`);
    for (const evidence of permission.evidence) writeLine(io.stdout, `  from  ${describeEvidence(evidence)}`);
  }
}

function showUseCase(useCase: UseCase, proof: RecordedProof | undefined, io: Io): void {
  const heading = headingStyle(io.stdout, io);
  const line = (text = '') => writeLine(io.stdout, text);
  line(heading(`${useCase.id}: ${useCase.title}`));
  line(`${useCase.summary} ${useCase.excludes}`);
  line();
  line(heading('Options'));
  for (const [name, option] of Object.entries(useCase.options)) {
    line(`  --${kebabCase(name)}  ${kindOf(option).summary(option)}`);
    line(`      ${option.help}`);
  }
  line();
  line(heading('Permissions'));
  const permissions = listPermissions(useCase);
  for (const statement of useCase.statements) {
    const own = permissions.filter(({ sid }) => sid === statement.sid);
    line(`  ${statement.sid}`);
    for (const permission of own) {
      line(`    ${permission.action}`);
      line(`        why   ${permission.reason}`);
      line(`        when  ${whenText(permission, useCase)}`);
      line(`        proof ${proofText(proof, `${permission.sid}: ${permission.action}`)}`);
    }
    if ('unscoped' in statement.resources) line(`    on *: ${statement.resources.unscoped}`);
    for (const { key, reason, when } of statement.conditions ?? []) {
      const only = when === undefined ? '' : `, when ${respell(describePredicate(when), useCase, commandLine)}`;
      line(`    by ${key}: ${reason}${only}`);
    }
    for (const evidence of statement.evidence) line(`    from  ${describeEvidence(evidence)}`);
  }
  if (useCase.widenings !== undefined) {
    line();
    line(heading('Wider than the job needs'));
    for (const widening of useCase.widenings) line(`  ${respell(widening, useCase, commandLine)}`);
  }
  if (useCase.escalation !== undefined) {
    line();
    line(heading('If its credentials are stolen'));
    line(`  ${respell(useCase.escalation, useCase, commandLine)}`);
  }
  if (useCase.vendors !== undefined) {
    line();
    line(heading('What vendors publish'));
    const comparisons = compareWithVendors(useCase);
    for (const [index, { title, readOn, url }] of useCase.vendors.entries()) {
      line(`  ${title}, read on ${readOn}: ${url}`);
      line(`      ${describeVendorComparison(comparisons[index]!)}`);
    }
  }
  line();
  line(heading('Proof'));
  for (const text of proofSummary(proof)) line(`  ${text}`);
  line();
  line(heading('Example'));
  line(`  ${exampleCommand(useCase)}`);
}

function proofSummary(proof: RecordedProof | undefined): string[] {
  if (proof === undefined) return ['none yet: every permission is a claim from its sources'];
  const { counts, tools, scenarios, hostile } = proof;
  const ran = Object.entries(tools).map(([tool, version]) => `${tool} ${version}`);
  return [
    `recorded in the sandbox with ${ran.join(', ')}; \`postern prove ${proof.useCase}\` repeats it`,
    ...scenarios.map(({ name, title, cells }) => `${name}, in ${cells.length} option cells: ${title}`),
    `proved ${counts.proved}, replayed ${counts.replayed}, tolerated ${counts.tolerated}, claimed ${counts.claimed}: each counted apart`,
    `${hostile.length} hostile requests are refused`,
  ];
}

function whenText({ when }: Permission, useCase: UseCase): string {
  return when === undefined ? 'always' : respell(describePredicate(when), useCase, commandLine);
}

function permissionToJson({ useCase, sid, action, reason, when, evidence }: Permission): object {
  const words = when === undefined ? null : describePredicate(when);
  return { useCase, sid, action, reason, when: words, predicate: when ?? null, evidence };
}

function toJson(useCase: UseCase, proof: RecordedProof | undefined): object {
  const {
    id,
    title,
    summary,
    excludes,
    options,
    widenings = [],
    notes = [],
    escalation = null,
    vendors = [],
  } = useCase;
  const comparisons = compareWithVendors(useCase);
  return {
    id,
    title,
    summary,
    excludes,
    options: Object.entries(options).map(([name, option]) => ({ name, flag: `--${kebabCase(name)}`, ...option })),
    permissions: listPermissions(useCase).map(permissionToJson),
    statements: useCase.statements,
    widenings,
    notes,
    escalation,
    vendors: vendors.map((policy, index) => ({ ...policy, comparison: comparisons[index] })),
    proof: proof ?? null,
    example: exampleCommand(useCase),
  };
}
