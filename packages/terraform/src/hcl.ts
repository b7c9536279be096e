import type { Host } from '@postern/core';

/** A piece of HCL text. */
export type Hcl = string;

/** A string literal; what HCL would read as an interpolation or a directive is escaped. */
export function quoted(text: string): Hcl {
  return `"${escaped(text)}"`;
}

/** Literal text for inside a string. A function as replacement, since `$$` means `$` in a replacement text. */
export function escaped(text: string): Hcl {
  return text
    .replace(/[\\"]/g, (character) => `\\${character}`)
    .replace(/\n/g, () => '\\n')
    .replace(/([$%])\{/g, (_, sign: string) => `${sign}${sign}{`);
}

/**
 * Names that an option's variable cannot have, and what it is called instead: `create` is each module's own.
 * @see https://developer.hashicorp.com/terraform/language/values/variables
 */
const reserved: Readonly<Record<string, string>> = { provider: 'oidc_provider', create: 'allow_create' };

/** `lockTable` becomes `lock_table`, `PushImages` becomes `push_images`. */
export function snakeCase(name: string): string {
  const plain = name.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  return Object.hasOwn(reserved, plain) ? reserved[plain]! : plain;
}

/** How options are written in texts of an entry: as the variables are called. */
export const variableNames: Host = { spell: (option) => `\`${snakeCase(option)}\`` };

export function listOf(items: readonly Hcl[]): Hcl {
  return `[${items.join(', ')}]`;
}

/** Attributes one below the other, with their equal signs in a column, as `terraform fmt` writes them. */
export function attributes(pairs: readonly (readonly [string, Hcl])[]): string[] {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${name.padEnd(width)} = ${value}`);
}

/** A block with its lines indented. */
export function block(header: string, lines: readonly string[]): string {
  return [`${header} {`, ...indented(lines), '}'].join('\n');
}

export function indented(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? '' : `  ${line}`));
}
