import { XMLBuilder, XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: true,
  // Of these, what clients send are characters by number.
  htmlEntities: true,
  removeNSPrefix: true,
});
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: false });

/** Reads an XML document; undefined where it is none. Entities of its own are not expanded. */
export function readXml(text: string): Record<string, unknown> | undefined {
  if (/<!DOCTYPE/i.test(text)) return undefined;
  try {
    return parser.parse(text, true) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

export function writeXml(document: object): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`;
}
