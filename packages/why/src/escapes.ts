const named: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' };

/** A text out of XML, with its entities read once. */
export function readEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(quot|apos|amp|lt|gt));/gi, (found, hex, decimal, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? found;
    const point = hex === undefined ? Number(decimal) : parseInt(String(hex), 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : found;
  });
}

const single: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A text out of a JSON string, with its escapes read once. */
export function readEscapes(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g, (_found, hex, letter) =>
    hex === undefined ? (single[String(letter)] ?? String(letter)) : String.fromCharCode(parseInt(String(hex), 16)),
  );
}
