import type { TextPiece } from './deferred.js';

/** What an adapter tells core about values that are not known yet. */
export interface Host {
  /** Whether the text stands for a value nobody knows yet (a CDK token, a Pulumi output): it is left alone. */
  readonly deferred?: (text: string) => boolean;
  /** The pieces of a deferred text, where the host knows some of them; they are checked like any text. */
  readonly pieces?: (text: string) => readonly TextPiece[];
  /** Where the host itself is: used for what neither the options nor their ARNs say. */
  readonly place?: Partial<Place>;
  /** The DNS suffix of service names, where the host knows it and the partition is deferred. */
  readonly dnsSuffix?: string;
  /** How the host writes an option, alone or with a value, in messages; `name` and `name: value` by default. */
  readonly spell?: (option: string, value?: string) => string;
}

/** The parts of the place, as far as they are known. */
export interface Place {
  partition: string | undefined;
  region: string | undefined;
  account: string | undefined;
}

/** An option, alone or with a value, as the host writes it. */
export function spellOption(host: Host, option: string, value?: string): string {
  if (host.spell !== undefined) return host.spell(option, value);
  return value === undefined ? `\`${option}\`` : `\`${option}: ${value}\``;
}

/** A text of an entry with the options it names in backticks written as the host writes them. */
export function respell(text: string, useCase: { readonly options: object }, host: Host): string {
  return text.replace(/`([A-Za-z][A-Za-z0-9]*)`/g, (found, name: string) =>
    Object.hasOwn(useCase.options, name) ? spellOption(host, name) : found,
  );
}
