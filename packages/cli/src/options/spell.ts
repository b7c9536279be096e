import type { Host } from '@postern/core';

/** The options that say where the resources are and how wide the lists may be: help and forms set them apart. */
export const placeNames: ReadonlySet<string> = new Set([
  'scope',
  'account',
  'region',
  'partition',
  'allowUnknownRegion',
]);

/** `lockTable` becomes `lock-table`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** How the command line writes an option in a message: as a flag, with its value. */
export const commandLine: Host = {
  spell(option, value) {
    const name = kebabCase(option.replace(/\[\d+\]$/, ''));
    if (value === undefined) return `\`--${name}\``;
    const values = /^\[.*\]$/s.test(value) ? value.slice(1, -1).replaceAll(', ', ' ') : value;
    return `\`--${name} ${values}\``;
  },
};

/**
 * How options are written in messages as they were given: those of a file by their names in it, flags as flags. Where
 * there is a file, it is also where an option that is missing would stand.
 * @param file what the file holds; undefined where there is none
 * @param flags what was given as flags, by camelCase names
 */
export function spellingOf(file: object | undefined, flags: object): Host {
  if (file === undefined) return commandLine;
  return {
    spell(option, value) {
      if (Object.hasOwn(flags, option.replace(/\[\d+\]$/, ''))) return commandLine.spell!(option, value);
      return value === undefined ? `\`${option}\`` : `\`${option}: ${value}\``;
    },
  };
}

/** A problem of core as a line: which option, written as it was given, and what is wrong with it. */
export function describeProblem(
  { path, message }: { readonly path: string; readonly message: string },
  host: Host = commandLine,
): string {
  return path === '' ? message : `${host.spell!(path).slice(1, -1)}: ${message}`;
}
