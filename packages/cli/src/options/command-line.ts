import { kindOf, type Entry } from '@postern/core';
import { kebabCase } from './spell.js';

/** A word as a shell takes it. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@=+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Options as flags to copy, in the order in which the entry has them. */
export function flagsText(useCase: Entry, options: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(useCase.options)
    .filter(([name]) => Object.hasOwn(options, name))
    .flatMap(([name, option]) => kindOf(option).written(kebabCase(name), options[name]));
  return words.map(shellWord).join(' ');
}
