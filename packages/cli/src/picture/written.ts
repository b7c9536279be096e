import { visible } from '@postern/core';

/** What XML cannot hold, and marks of direction that `visible` leaves: a lone half of a pair, U+FFFE, U+FFFF, U+061C. */
const unwritable = /[\ufffe\uffff\u061c]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text as it may stand in the picture: what cannot be seen, or turns what stands beside it, is spelled out. */
export function shown(text: string): string {
  return visible(text).replace(unwritable, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A text that was made with {@link shown}, in an element or an attribute of XML. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
