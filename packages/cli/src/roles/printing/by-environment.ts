import type { Place } from '@postern/core';

/** A template as it is for one environment. */
export interface EnvironmentTemplate {
  readonly name: string;
  readonly place: Partial<Place>;
  readonly template: TemplateMembers;
}

/** A part of a template. */
export type TemplatePart = string | number | boolean | readonly TemplatePart[] | TemplateMembers;

/** An object of a template. */
export interface TemplateMembers {
  readonly [name: string]: TemplatePart;
}

export function isMembers(part: TemplatePart | undefined): part is TemplateMembers {
  return typeof part === 'object' && !Array.isArray(part);
}

/** What a text may have instead of what its environment is called, or where that is. */
type EnvironmentWord = 'name' | 'account' | 'region' | 'partition';

const symbols: Readonly<Record<EnvironmentWord, string>> = {
  name: '${Environment}',
  account: '${AWS::AccountId}',
  region: '${AWS::Region}',
  partition: '${AWS::Partition}',
};

/** The fewer stand for something the better: what is the same everywhere is written out. */
const choices: readonly (readonly EnvironmentWord[])[] = [
  ['name'],
  ['account'],
  ['account', 'name'],
  ['region'],
  ['region', 'name'],
  ['account', 'region'],
  ['account', 'region', 'name'],
  ['account', 'region', 'name', 'partition'],
];

/** The text of `Fn::Sub`, or a text as it would stand there. */
function substitutable(part: TemplatePart): string | undefined {
  if (typeof part === 'string') return part.replaceAll('${', () => '${!');
  const text = isMembers(part) && Object.keys(part).length === 1 ? part['Fn::Sub'] : undefined;
  return typeof text === 'string' ? text : undefined;
}

function withSymbols(text: string, { name, place }: EnvironmentTemplate, stands: readonly EnvironmentWord[]): string {
  const known = new Map<string, string>();
  for (const stand of stands) {
    const said = stand === 'name' ? name : place[stand];
    // What is open stands as a symbol already.
    if (said !== undefined && !said.includes('\u0001') && !known.has(said)) known.set(said, symbols[stand]);
  }
  const words = [...known.keys()].sort((one, other) => other.length - one.length).map(escaped);
  const whole = new RegExp(`(?<![A-Za-z0-9])(?:${words.join('|')})(?![A-Za-z0-9])`, 'g');
  return words.length === 0 ? text : text.replace(whole, (word) => known.get(word)!);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');
}

/**
 * One text for the texts of several environments, with `Fn::Sub`.
 * @returns undefined where they differ by more than the environment, its account, region and partition
 */
export function oneText(
  parts: readonly TemplatePart[],
  environments: readonly EnvironmentTemplate[],
): TemplatePart | undefined {
  const texts = parts.map(substitutable);
  if (texts.some((text) => text === undefined)) return undefined;
  for (const stands of choices) {
    const [first, ...others] = texts.map((text, index) => withSymbols(text!, environments[index]!, stands));
    if (others.every((other) => other === first)) return { 'Fn::Sub': first! };
  }
  return undefined;
}
