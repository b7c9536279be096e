import { isTrustEntry } from '@postern/core';
import { literal } from '../../printing/programs.js';
import type { GivenEntry } from '../given-role.js';
import type { WholeRole, WholeRoles } from '../whole-roles.js';

/** What the programs of a language call the properties of roles. */
export interface Dialect {
  /** A length in seconds as it is written. */
  readonly seconds: (count: number) => string;
}

/** The properties of one role or of a pair, as lines of an object. */
export function propertiesOf({ roles, pair, settings }: WholeRoles, dialect: Dialect): string[] {
  const own = settingLines(settings, dialect);
  if (pair === undefined) return [...own, ...halfLines(roles[0]!)];
  const halves = roles.flatMap((whole) => [
    `${whole.suffix.toLowerCase()}: {`,
    ...halfLines(whole).map((line) => `  ${line}`),
    '},',
  ]);
  return [...own, ...listLines('permissions', pair.shared), ...halves];
}

function settingLines(settings: Readonly<Record<string, unknown>>, { seconds }: Dialect): string[] {
  const written = (name: string, value: unknown): string => {
    if (name === 'maxSessionDuration' && typeof value === 'number') return seconds(value);
    if (typeof value !== 'object' || value === null) return literal(value);
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${literal(inner)}`)
      .join(', ')} }`;
  };
  const names = ['roleName', 'path', 'maxSessionDuration', 'boundary'];
  return names.flatMap((name) => (settings[name] === undefined ? [] : [`${name}: ${written(name, settings[name])},`]));
}

function halfLines({ trust, permissions }: WholeRole): string[] {
  return [...trustLines(trust), ...listLines('permissions', permissions)];
}

function trustLines(trust: readonly GivenEntry[]): string[] {
  const [only, ...others] = trust;
  if (only === undefined || others.length > 0) return listLines('trust', trust);
  const [first, ...rest] = chosenLines(only);
  return [`trust: ${first}`, ...rest.slice(0, -1), `${rest.at(-1)},`];
}

function listLines(name: string, entries: readonly GivenEntry[]): string[] {
  if (entries.length === 0) return [];
  const items = entries.flatMap((entry) => {
    const lines = chosenLines(entry);
    return lines.map((line, index) => `  ${line}${index === lines.length - 1 ? ',' : ''}`);
  });
  return [`${name}: [`, ...items, '],'];
}

function chosenLines({ entry, options }: GivenEntry): string[] {
  const lines = Object.entries(options).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [`  ${name}: ${literal(value)},`],
  );
  return [`chosen(${exportOf(entry)}, {`, ...lines, '})'];
}

/** The names that a program imports. */
export function importsOf({ roles, pair }: WholeRoles): string[] {
  const entries = [...(pair?.shared ?? []), ...roles.flatMap(({ trust, permissions }) => [...trust, ...permissions])];
  const names = [...new Set(entries.map(({ entry }) => exportOf(entry)))].sort();
  return ['chosen', pair === undefined ? 'CiRole' : 'CiRolePair', ...names];
}

/** What the packages call an entry: its id in camel case, and with `Trust` behind it where it is a trust entry. */
function exportOf(entry: GivenEntry['entry']): string {
  const name = entry.id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return isTrustEntry(entry) ? `${name}Trust` : name;
}

/** Lines inside of an object that begins at the margin. */
export function indentedLines(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join('');
}
