/** A command over several lines. */
export function lined(parts: readonly string[]): string {
  return `${parts.join(' \\\n  ')}\n`;
}

/** A text as one word of a shell. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
