import { ServiceError } from '../server/call.js';
import { membersOf, valueOf, type MemberModel, type ServiceModel, type Type } from './model.js';
import { readTime, timeForm, writeTime } from './times.js';

/** Writes a structure as XML has it: lists with an element for each item, times as RFC 3339. */
export function writeElements(model: ServiceModel, structure: string, value: object): Record<string, unknown> {
  const elements: Record<string, unknown> = {};
  for (const [name, member] of membersOf(model, structure)) {
    const part = valueOf(value, name);
    if (part === undefined || part === null || isElsewhere(member)) continue;
    elements[`${member.attribute === true ? '@' : ''}${member.name ?? name}`] = writeElement(
      model,
      member.type,
      part,
      member.flat === true,
    );
  }
  return elements;
}

/** Whether a member stands in a header or the address. */
const isElsewhere = ({ at }: MemberModel): boolean => at !== undefined;

function writeElement(model: ServiceModel, type: Type, value: unknown, flat: boolean): unknown {
  if (typeof type === 'string') {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    return type.startsWith('time') ? writeTime(value, timeForm(type, 'time-iso')) : value;
  }
  if ('list' in type) {
    const items = (Array.isArray(value) ? value : [value]).map((one) => writeElement(model, type.list, one, false));
    return flat ? items : items.length === 0 ? '' : { [type.item ?? 'member']: items };
  }
  if (typeof value !== 'object' || value === null) return value;
  if ('is' in type) return writeElements(model, type.is, value);
  const entries = Object.entries(value).map(([key, one]) => ({
    [type.key ?? 'key']: key,
    [type.value ?? 'value']: writeElement(model, type.map, one, false),
  }));
  return flat ? entries : entries.length === 0 ? '' : { entry: entries };
}

/**
 * Reads a structure from the elements that `readXml` found.
 * @throws {ServiceError} where an element that is no item of a list stands there twice
 */
export function readElements(
  model: ServiceModel,
  structure: string,
  value: unknown,
  decode: boolean,
): Record<string, unknown> {
  const found: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of membersOf(model, structure)) {
    if (isElsewhere(member)) continue;
    const part = valueOf(value, member.name ?? name);
    if (part === undefined) continue;
    found[name] = readElement(model, member.type, part, member.flat === true, decode);
  }
  return found;
}

function readElement(model: ServiceModel, type: Type, value: unknown, flat: boolean, decode: boolean): unknown {
  if (Array.isArray(value) && !flat) throw new ServiceError('MalformedXML', 'an element stands in the body twice');
  if (typeof type === 'string') return readText(type, value, decode);
  if ('list' in type) {
    const items = flat ? value : (valueOf(value, type.item ?? 'member') ?? []);
    return (Array.isArray(items) ? items : [items]).map((one) => readElement(model, type.list, one, false, decode));
  }
  if ('is' in type) return readElements(model, type.is, value, decode);
  const entries = flat ? value : (valueOf(value, 'entry') ?? []);
  return Object.fromEntries(
    (Array.isArray(entries) ? entries : [entries]).map((entry) => [
      String(valueOf(entry, type.key ?? 'key')),
      readElement(model, type.map, valueOf(entry, type.value ?? 'value'), false, decode),
    ]),
  );
}

/** A simple value that was written as text; bytes and times as they stand, unless a client is to have them. */
export function readText(type: string, value: unknown, decode: boolean): unknown {
  // An element with attributes holds its text beside them.
  const text = typeof value === 'string' ? value : String(valueOf(value, '#text') ?? '');
  if (type === 'number') return Number(text);
  if (type === 'flag') return text === 'true';
  if (!decode) return text;
  if (type === 'blob') return Buffer.from(text, 'base64');
  return type.startsWith('time') ? readTime(text) : text;
}
