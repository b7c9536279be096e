/** A decimal number of any size: `sign` times 0.`digits` times ten to the `magnitude`. Zero has no digits. */
export interface Decimal {
  readonly sign: -1 | 0 | 1;
  /** Without zeros at either end. */
  readonly digits: string;
  readonly magnitude: bigint;
}

const zero: Decimal = { sign: 0, digits: '', magnitude: 0n };
const spelling = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Far more digits than a document may have characters. */
const longestExponent = 10_000;

/**
 * Reads an integer or a decimal, with an exponent or without, exactly: nothing is rounded, and `1e999999999` costs no
 * more than `1`.
 * @returns undefined where the text is no number, or its exponent alone has more than 10,000 digits
 */
export function readDecimal(text: string): Decimal | undefined {
  const match = spelling.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole.length + fraction.length === 0 || exponent.length > longestExponent) return undefined;
  return decimal(sign === '-' ? -1 : 1, whole + fraction, BigInt(whole.length) + BigInt(exponent));
}

/** Takes the zeros off both ends. */
function decimal(sign: 1 | -1, digits: string, magnitude: bigint): Decimal {
  let start = 0;
  while (digits[start] === '0') start += 1;
  let end = digits.length;
  while (end > start && digits[end - 1] === '0') end -= 1;
  return start === end ? zero : { sign, digits: digits.slice(start, end), magnitude: magnitude - BigInt(start) };
}

/** Below zero where the first is less, above where it is more, zero where they are the same number. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  if (one.sign !== other.sign) return one.sign - other.sign;
  if (one.magnitude !== other.magnitude) return one.magnitude < other.magnitude ? -one.sign : one.sign;
  return one.digits === other.digits ? 0 : one.digits < other.digits ? -one.sign : one.sign;
}

/** Prints a number so that {@link readDecimal} reads it: in full where that is short, else with an exponent. */
export function printDecimal({ sign, digits, magnitude }: Decimal): string {
  if (sign === 0) return '0';
  const minus = sign < 0 ? '-' : '';
  const length = BigInt(digits.length);
  if (magnitude > 100n || magnitude < -100n) return `${minus}${digits}e${magnitude - length}`;
  if (magnitude <= 0n) return `${minus}0.${'0'.repeat(Number(-magnitude))}${digits}`;
  const whole = digits.slice(0, Number(magnitude)).padEnd(Number(magnitude), '0');
  const fraction = digits.slice(Number(magnitude));
  return `${minus}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** How many digits stand behind the point. */
function places({ digits, magnitude }: Decimal): bigint {
  return BigInt(digits.length) - magnitude;
}

/** Numbers up to this many digits on either side of the point are added in full. */
const longestSum = 1000n;

/** The number as a whole number of the given places behind the point; undefined where that is long. */
function scaled(number: Decimal, scale: bigint): bigint | undefined {
  const zeros = scale - places(number);
  const long = zeros > longestSum || number.digits.length > Number(longestSum);
  return long ? undefined : BigInt(number.sign) * BigInt(number.digits === '' ? '0' : number.digits) * 10n ** zeros;
}

function unscaled(value: bigint, scale: bigint): Decimal {
  const digits = String(value < 0n ? -value : value);
  return decimal(value < 0n ? -1 : 1, digits, BigInt(digits.length) - scale);
}

function most(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

/** The number moved by a step where it is short; else another, far off on the same side. */
export function beyond(number: Decimal, step: bigint): Decimal {
  const scale = most(0n, places(number));
  const value = scaled(number, scale);
  if (value !== undefined && scale <= longestSum) return unscaled(value + step * 10n ** scale, scale);
  const sign = step < 0n ? -1 : 1;
  return { sign, digits: '1', magnitude: number.sign === sign ? number.magnitude + 1n : 1n };
}

/** A number between two, the first less than the second: a multiple of the step where there is a short one. */
export function between(lower: Decimal, upper: Decimal, step: bigint): Decimal {
  const scale = most(0n, most(places(lower), places(upper)));
  const [low, high] = [scaled(lower, scale), scaled(upper, scale)];
  if (low === undefined || high === undefined || scale > longestSum) return betweenLong(lower, upper);
  const unit = 2n * step * 10n ** scale;
  const sum = low + high;
  const multiple = ((sum - (((sum % unit) + unit) % unit)) / unit + (sum % unit === 0n ? 0n : 1n)) * (unit / 2n);
  return multiple > low && multiple < high ? unscaled(multiple, scale) : unscaled(sum * 5n, scale + 1n);
}

function betweenLong(lower: Decimal, upper: Decimal): Decimal {
  if (lower.sign < 0 && upper.sign > 0) return zero;
  if (lower.sign === 0) return { sign: 1, digits: '1', magnitude: upper.magnitude - 1n };
  if (upper.sign === 0) return { sign: -1, digits: '1', magnitude: lower.magnitude - 1n };
  const [near, far] = lower.sign > 0 ? [lower, upper] : [upper, lower];
  // One digit more than either has: half of the last place away from the one nearer to zero.
  const padding = Number(most(places(near), places(far)) - places(near));
  return { ...near, digits: `${near.digits}${'0'.repeat(padding)}5` };
}
