import { quote, type Witness } from '@postern/core';
import type { Addition, AccessChange } from './changes.js';

/** Why the access of a use case changes, by its id; written by whoever changes it. */
export type Reasons = Readonly<Record<string, string>>;

const title = '## Unreleased';

/** The section of what is not released yet: each new use case with what it allows, each change with its witness and its reason. */
export function unreleasedSection(
  changes: readonly AccessChange[],
  reasons: Reasons,
  additions: readonly Addition[] = [],
): string {
  const parts = [
    ...(additions.length === 0 ? [] : [`New use cases:\n\n${additions.map(announce).join('\n')}`]),
    ...(changes.length === 0 ? [] : [`Access changes, each shown by a request:\n\n${listChanges(changes, reasons)}`]),
  ];
  return `${title}\n\n${parts.length === 0 ? 'No access changes.' : parts.join('\n\n')}\n`;
}

function announce({ useCase, title: name, summary, allows }: Addition): string {
  return `- **${useCase}** is a new use case: ${name}. ${summary}\n  - allows, as its options ask for it: ${allows.map(quote).join(', ')}`;
}

function listChanges(changes: readonly AccessChange[], reasons: Reasons): string {
  const lines = changes.map((change) => {
    const { useCase, cell, others, relation } = change;
    const more = others === 0 ? '' : ` and ${others} more option ${others === 1 ? 'cell' : 'cells'}`;
    const details = [
      ...(change.gained === null ? [] : [`  - gained: ${describe(change.gained)}`]),
      ...(change.lost === null ? [] : [`  - lost: ${describe(change.lost)}`]),
      ...(change.reason === null ? [] : [`  - not known: ${change.reason}`]),
    ];
    const words = {
      wider: 'gives more access',
      narrower: 'gives less access',
      incomparable: 'gives other access',
      unknown: 'changed',
      removed: 'is no longer built',
    };
    return [
      `- **${useCase}** (${cell}${more}) ${words[relation]}: ${reasons[useCase] ?? 'NO REASON GIVEN'}`,
      ...details,
    ].join('\n');
  });
  return lines.join('\n');
}

function describe({ action, resource, context }: Witness): string {
  const keys = Object.entries(context).map(([key, value]) => `${quote(key)} = ${[value].flat().map(quote).join(', ')}`);
  return `${quote(action)} on ${quote(resource)}${keys.length === 0 ? '' : ` with ${keys.join(' and ')}`}`;
}

/** Puts a section in the place of the one that is there; what people wrote below a `###` heading in it stays. */
export function replaceUnreleased(changelog: string, section: string): string {
  const start = changelog.indexOf(title);
  if (start < 0) throw new Error(`the changelog has no \`${title}\``);
  const rest = changelog.slice(start + title.length);
  const next = /\n###? /.exec(rest)?.index;
  return changelog.slice(0, start) + section + (next === undefined ? '' : rest.slice(next));
}

/** Makes what is not released yet a release. */
export function cutRelease(changelog: string, version: string, date: string): string {
  return changelog.replace(title, `${title}\n\nNo access changes.\n\n## ${version} (${date})`);
}
