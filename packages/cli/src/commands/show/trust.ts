import {
  describeEvidence,
  describePredicate,
  isWhen,
  kindOf,
  respell,
  type Predicate,
  type RecordedProof,
  type TrustEntry,
} from '@postern/core';
import { writeLine, type Io } from '../../io.js';
import { commandLine, kebabCase } from '../../options/spell.js';
import { headingStyle } from '../../styles.js';
import { exampleCommand } from '../../use-cases.js';

/** Shows a trust entry: its options, whom it lets in and by what. */
export function showTrust(entry: TrustEntry, proof: RecordedProof | undefined, io: Io): void {
  const heading = headingStyle(io.stdout, io);
  const line = (text = '') => writeLine(io.stdout, text);
  const only = (when: Predicate | undefined) =>
    when === undefined ? '' : `, when ${respell(describePredicate(when), entry, commandLine)}`;
  line(heading(`${entry.id}: ${entry.title}`));
  line(`${entry.summary} ${entry.excludes}`);
  line();
  line(heading('Options'));
  for (const [name, option] of Object.entries(entry.options)) {
    line(`  --${kebabCase(name)}  ${kindOf(option).summary(option)}`);
    line(`      ${option.help}`);
  }
  line();
  line(heading('Who gets in'));
  for (const { sid, principal, actions, conditions = [], evidence } of entry.statements) {
    line(`  ${sid}`);
    line(`    ${principal.type}: ${principal.reason}`);
    for (const [action, reason] of Object.entries(actions))
      line(`    ${action}: ${isWhen(reason) ? `${reason.then}${only(reason.when)}` : reason}`);
    for (const { key, reason, when } of conditions) line(`    by ${key}: ${reason}${only(when)}`);
    for (const one of evidence) line(`    from  ${describeEvidence(one)}`);
  }
  const list = (title: string, texts: readonly string[]) => {
    if (texts.length === 0) return;
    line();
    line(heading(title));
    for (const text of texts) line(`  ${respell(text, entry, commandLine)}`);
  };
  list('What cannot be kept out', entry.widenings ?? []);
  list(
    'What to know besides',
    (entry.notes ?? []).map(({ if: when, say }) => `${say}${only(when)}`),
  );
  if (entry.ownClaims !== undefined) {
    line();
    line(heading('The claims of your own token'));
    for (const text of entry.ownClaims.code.split('\n')) line(`  ${text}`);
    if (entry.ownClaims.say !== undefined) line(`  ${entry.ownClaims.say}`);
  }
  line();
  line(heading('Proof'));
  for (const text of proofSummary(proof)) line(`  ${text}`);
  line();
  line(heading('Example'));
  line(`  ${exampleCommand(entry)}`);
}

function proofSummary(proof: RecordedProof | undefined): string[] {
  if (proof === undefined) return ['none yet: the cases are decided by the policy alone'];
  const { counts, tools, scenarios, hostile } = proof;
  const clients = Object.entries(tools).map(([tool, version]) => `${tool} ${version}`);
  return [
    clients.length === 0
      ? 'no client can call in the place of these callers: the cases are decided by the policy alone'
      : `recorded in the sandbox with ${clients.join(', ')}`,
    ...scenarios.map(({ name, title, cells }) => `${name}, in ${cells.length} samples: ${title}`),
    `proved ${counts.proved}, claimed ${counts.claimed}: each counted apart`,
    `${hostile.length} hostile tokens and calls are refused`,
  ];
}

/** A trust entry as JSON. */
export function trustToJson({ options, ...entry }: TrustEntry): object {
  const whole = { options, ...entry };
  return {
    kind: 'trust',
    ...entry,
    options: Object.entries(options).map(([name, option]) => ({ name, flag: `--${kebabCase(name)}`, ...option })),
    example: exampleCommand(whole),
  };
}
