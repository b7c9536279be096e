import type { Host } from '@postern/core';

/** `lockTable` becomes `lock-table`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** How the command line writes an option in a message: as a flag, with its value. */
export const commandLine: Host = {
  spell(option, value) {
    const name = kebabCase(option.replace(/\[\d+\]$/, ''));
    if (value === undefined) return `\`--${name}\``;
    return `\`--${name} ${value.replace(/^\[|\]$/g, '')}\``;
  },
};

/** A problem of core as a line: which flag, and what is wrong with it. */
export function describeProblem({ path, message }: { readonly path: string; readonly message: string }): string {
  return path === '' ? message : `--${kebabCase(path.replace(/\[\d+\]$/, ''))}: ${message}`;
}
