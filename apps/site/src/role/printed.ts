import {
  commandLine,
  flagOf,
  flagsText,
  printRole,
  shellWord,
  type Format,
  type GivenEntry,
  type PrintedRole,
} from '@postern/cli/browser';
import type { AnyEntry, TrustEntry, UseCase } from '@postern/core';

type Options = Readonly<Record<string, unknown>>;

/** What a role is made of. */
export interface RoleParts {
  readonly useCase: UseCase;
  readonly options: Options;
  readonly trust: TrustEntry;
  readonly trustOptions: Options;
  readonly name: string;
  readonly hasBoundary: boolean;
}

/** Prints the role as `postern role` does. */
export function printParts(parts: RoleParts, format: Format, word: string): PrintedRole {
  const { name, hasBoundary } = parts;
  return printRole(
    {
      trust: [givenOf('--trust', parts.trust, parts.trustOptions)],
      permissions: [givenOf('--permissions', parts.useCase, parts.options)],
      halves: undefined,
      settings: { ...(name !== '' && { roleName: name }), ...(hasBoundary && { boundary: true }) },
      spell: (setting) => (setting.includes('.') ? setting : flagOf(setting)),
    },
    format,
    word,
  );
}

/** Options in the order of the entry, as the command line has them. */
function givenOf(flag: string, entry: AnyEntry, options: Options): GivenEntry {
  return { entry, options: ordered(entry, options), label: `${flag} ${entry.id}`, spelling: commandLine };
}

function ordered({ options: declared }: AnyEntry, options: Options): Options {
  const names = Object.keys(declared).filter((name) => options[name] !== undefined && options[name] !== null);
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}

/** The command that prints the same. */
export function roleCommand(
  { useCase, options, trust, trustOptions, name, hasBoundary }: RoleParts,
  word: string,
): string {
  const text = (entry: AnyEntry, given: Options) =>
    shellWord([entry.id, flagsText(entry, ordered(entry, given))].filter((part) => part !== '').join(' '));
  return [
    `postern role --trust ${text(trust, trustOptions)}`,
    `--permissions ${text(useCase, options)}`,
    ...(hasBoundary ? ['--boundary'] : []),
    ...(name === '' ? [] : [`--name ${shellWord(name)}`]),
    ...(word === 'json' ? [] : [`--format ${word}`]),
  ].join(' ');
}
