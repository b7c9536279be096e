const plain = /^[A-Za-z/][A-Za-z0-9_./-]*$/;
/** What readers of older YAML take for something else than a text. */
const other = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** A value as YAML on one line, which is read back as the same. */
export function yamlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(yamlValue).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, one]) => `${yamlValue(key)}: ${yamlValue(one)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  if (typeof value !== 'string') return JSON.stringify(value) ?? 'null';
  if (plain.test(value) && !other.test(value)) return value;
  return /^[ -&(-~]*$/.test(value) ? `'${value}'` : JSON.stringify(value).replace(steering, escaped);
}

/** What turns, hides or ends a line where somebody reads the file, and JSON leaves as it is. */
const steering = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}
