import type { UseCase } from '@postern/core';
import { kebabCase } from './spell.js';

/** A word as a shell takes it. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@=+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Options as flags to copy, in the order in which the use case has them. */
export function flagsText(useCase: UseCase, options: Readonly<Record<string, unknown>>): string {
  return Object.keys(useCase.options)
    .filter((name) => Object.hasOwn(options, name))
    .map((name) => {
      const value = options[name];
      if (typeof value === 'boolean') return value ? `--${kebabCase(name)}` : `--no-${kebabCase(name)}`;
      const words = [value].flat().map((one) => shellWord(String(one)));
      return `--${kebabCase(name)} ${words.join(' ')}`;
    })
    .join(' ');
}
