import {
  commandLine,
  flagOf,
  flagsText,
  kebabCase,
  printRole,
  roleSettings,
  shellWord,
  type Format,
  type GivenEntry,
  type PrintedRole,
} from '@postern/cli/browser';
import type { AnyEntry, TrustEntry, UseCase } from '@postern/core';
import { settingNames, type RoleSettingTexts } from './address.js';
import { canBePair } from './pair.js';

type OptionValues = Readonly<Record<string, unknown>>;

/** A trust entry with its options. */
export interface TrustPart {
  readonly entry: TrustEntry;
  readonly options: OptionValues;
}

/** What a role is made of. */
export interface RoleParts {
  readonly useCase: UseCase;
  readonly options: OptionValues;
  readonly trust: TrustPart;
  /** Who may plan, where plan and apply are apart. */
  readonly plan: TrustPart | undefined;
  readonly settings: RoleSettingTexts;
}

/** Prints the role, or the two, as `postern role` does. */
export function printParts(parts: RoleParts, format: Format, word: string): PrintedRole {
  const { useCase, trust, plan, settings } = parts;
  const { boundary, ...texts } = settings;
  const half = (flag: string, part: TrustPart) => ({
    trust: [givenOf(flag, part.entry, part.options)],
    permissions: [],
  });
  return printRole(
    {
      trust: plan === undefined ? half('--trust', trust).trust : [],
      permissions: [givenOf('--permissions', useCase, shared(parts))],
      halves: plan && { plan: half('--plan-trust', plan), apply: half('--apply-trust', trust) },
      settings: roleSettings({
        ...texts,
        ...(boundary !== undefined && { boundary: boundary === 'true' || boundary }),
      }),
      spell: (setting) => (setting.includes('.') ? setting : flagOf(setting)),
    },
    format,
    word,
  );
}

/** The options of the job: of two roles each has its own access. */
function shared({ useCase, options: { access, ...others }, plan }: RoleParts): OptionValues {
  return plan !== undefined && canBePair(useCase) ? others : { access, ...others };
}

/** Options in the order of the entry, as the command line has them. */
function givenOf(flag: string, entry: AnyEntry, options: OptionValues): GivenEntry {
  return { entry, options: ordered(entry, options), label: `${flag} ${entry.id}`, spelling: commandLine };
}

function ordered({ options: declared }: AnyEntry, options: OptionValues): OptionValues {
  const names = Object.keys(declared).filter((name) => options[name] !== undefined && options[name] !== null);
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}

/** The command that prints the same. */
export function roleCommand(parts: RoleParts, word: string): string {
  const { useCase, trust, plan, settings } = parts;
  const text = (entry: AnyEntry, given: OptionValues) =>
    shellWord([entry.id, flagsText(entry, ordered(entry, given))].filter((part) => part !== '').join(' '));
  return [
    'postern role',
    ...(plan === undefined ? [] : [`--plan-trust ${text(plan.entry, plan.options)}`]),
    `${plan === undefined ? '--trust' : '--apply-trust'} ${text(trust.entry, trust.options)}`,
    `--permissions ${text(useCase, shared(parts))}`,
    ...settingNames.flatMap((name) => {
      const value = settings[name];
      if (value === undefined) return [];
      return [name === 'boundary' && value === 'true' ? '--boundary' : `--${kebabCase(name)} ${shellWord(value)}`];
    }),
    ...(word === 'json' ? [] : [`--format ${word}`]),
  ].join(' ');
}
