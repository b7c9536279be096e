import type { Operator } from '../document/condition.js';
import { compareDecimals, readDecimal, type Decimal } from './decimal.js';
import { compileArnValue, compileText, RequestArn } from './match-resource.js';
import type { PatternElement } from './pattern.js';
import type { Context } from './request.js';
import { hasVariable, readText, substitute } from './variables.js';

/** Says whether one value of the request matches one value of the policy, negation left out. */
export type ValueMatcher = (value: string, context: Context) => boolean;

/**
 * Builds the matcher for one policy value under an operator. A value on either side that cannot be read as the
 * operator's type matches nothing.
 * @param variables whether the document's version knows policy variables; AWS substitutes them for String, Arn and Bool
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function compileValue(operator: Operator, policyValue: string, variables: boolean): ValueMatcher {
  switch (operator.comparison) {
    case 'string':
      return compileEquality(policyValue, variables, (text) => text);
    case 'stringIgnoreCase':
    case 'bool':
      return compileEquality(policyValue, variables, (text) => text.toLowerCase(), operator.comparison === 'bool');
    case 'binary':
      return (value) => value === policyValue;
    case 'stringLike':
      return compileText(policyValue, variables);
    case 'arn': {
      const matches = compileArnValue(policyValue, variables);
      return (value, context) => matches(new RequestArn(value), context);
    }
    case 'numeric':
      return compileOrder(operator.order, policyValue, readDecimal);
    case 'date':
      return compileOrder(operator.order, policyValue, readDate);
    case 'ipAddress':
      return compileRange(policyValue);
    case 'null':
      throw new Error('`Null` asks whether a key is there, not for its value');
  }
}

function compileEquality(
  policyValue: string,
  variables: boolean,
  fold: (text: string) => string,
  boolean = false,
): ValueMatcher {
  const template = readText(policyValue, variables, false);
  const accepts = (text: string): boolean => !boolean || text === 'true' || text === 'false';
  if (!hasVariable(template)) {
    const expected = fold(textOf(template as PatternElement[]));
    return (value) => fold(value) === expected && accepts(expected);
  }
  return (value, context) => {
    const folded = fold(value);
    const elements = substitute(template, context, folded.length);
    if (elements === undefined) return false;
    const expected = fold(textOf(elements));
    return folded === expected && accepts(expected);
  };
}

function textOf(elements: readonly PatternElement[]): string {
  return elements.map((code) => String.fromCharCode(code as number)).join('');
}

function compileOrder(
  order: Operator['order'],
  policyValue: string,
  read: (text: string) => Decimal | undefined,
): ValueMatcher {
  const bound = read(policyValue);
  if (bound === undefined) return () => false;
  return (text) => {
    const value = read(text);
    if (value === undefined) return false;
    return stands(value, order, bound);
  };
}

/** Whether a number of the request stands to one of the policy as the operator asks. */
export function stands(value: Decimal, order: Operator['order'], bound: Decimal): boolean {
  const difference = compareDecimals(value, bound);
  switch (order) {
    case 'equal':
      return difference === 0;
    case 'less':
      return difference < 0;
    case 'lessOrEqual':
      return difference <= 0;
    case 'greater':
      return difference > 0;
    case 'greaterOrEqual':
      return difference >= 0;
  }
}

const date = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/;
const epoch = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Reads a date of the W3C profile of ISO 8601, or seconds since 1970. Four digits are a year. A time without a zone,
 * which the profile does not allow, is read as UTC.
 * @returns seconds since 1970
 * @see https://www.w3.org/TR/NOTE-datetime
 */
export function readDate(text: string): Decimal | undefined {
  const match = date.exec(text);
  if (match === null) return epoch.test(text) ? readDecimal(text) : undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    match;
  const offset = zone === 'Z' ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  if (Number.isNaN(milliseconds) || Number(day) > daysInMonth(Number(year), Number(month))) return undefined;
  return addFraction(milliseconds / 1000, fraction);
}

/** Before 1970 the fraction of a second is taken off the seconds: 0.3 above -5 is -4.7. */
function addFraction(seconds: number, fraction: string): Decimal | undefined {
  if (seconds >= 0 || /^0*$/.test(fraction)) return readDecimal(`${seconds}.${fraction}`);
  const part = readDecimal(`0.${fraction}`)!;
  const places = '0'.repeat(Number(-part.magnitude)) + part.digits;
  const complement = Array.from(places, (digit, index) => (index === places.length - 1 ? 10 : 9) - Number(digit));
  return readDecimal(`-${-seconds - 1}.${complement.join('')}`);
}

/** `Date.parse` takes the 31st of every month and rolls it over. */
function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function compileRange(policyValue: string): ValueMatcher {
  const range = readRange(policyValue);
  if (range === undefined) return () => false;
  return (text) => {
    const address = readAddress(text);
    return address !== undefined && isInRange(address, range);
  };
}

/** Whether an address lies in a range of the same length. */
export function isInRange(address: readonly number[], range: AddressRange): boolean {
  if (address.length !== range.address.length) return false;
  return address.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, range.prefix - index * 8));
    return ((byte ^ range.address[index]!) & (0xff00 >> bits) & 0xff) === 0;
  });
}

/** An address as bytes (four, or sixteen for IPv6) and how many leading bits count. */
export interface AddressRange {
  readonly address: readonly number[];
  readonly prefix: number;
}

/** Reads CIDR notation; a bare address is a range of one. */
export function readRange(text: string): AddressRange | undefined {
  const [addressText, prefixText, ...more] = text.split('/') as [string, string?, ...string[]];
  const address = readAddress(addressText);
  if (address === undefined || more.length > 0) return undefined;
  const longest = address.length * 8;
  if (prefixText === undefined) return { address, prefix: longest };
  if (!/^\d{1,3}$/.test(prefixText) || Number(prefixText) > longest) return undefined;
  return { address, prefix: Number(prefixText) };
}

/** Reads an IPv4 or IPv6 address into its bytes. IPv4 never matches an IPv6 range, nor the other way round. */
export function readAddress(text: string): number[] | undefined {
  return text.includes(':') ? readIpv6(text) : readIpv4(text);
}

function readIpv4(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.map(Number);
}

function readIpv6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const last = halves.length - 1;
  const groups = halves.map((half, index) => (half === '' ? [] : readGroups(half, index === last)));
  const left = groups[0];
  const right = last === 0 ? [] : groups[1];
  if (left === undefined || right === undefined) return undefined;
  const missing = 16 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined;
  return [...left, ...Array.from({ length: missing }, () => 0), ...right];
}

/** Groups of four hexadecimal digits; at the end of an address stands a dotted IPv4 address, if one does. */
function readGroups(text: string, atEnd: boolean): number[] | undefined {
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (atEnd && index === parts.length - 1 && part.includes('.')) {
      const dotted = readIpv4(part);
      if (dotted === undefined) return undefined;
      bytes.push(...dotted);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      const group = Number.parseInt(part, 16);
      bytes.push(group >>> 8, group & 0xff);
    } else return undefined;
  }
  return bytes;
}
