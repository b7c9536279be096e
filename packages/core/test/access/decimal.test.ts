import { describe, expect, test } from 'vitest';
import { between, beyond, compareDecimals, printDecimal, readDecimal, type Decimal } from '../../src/access/decimal.js';
import { Random } from './random.js';

const read = (text: string): Decimal => readDecimal(text)!;
const order = (one: string, other: string): number => Math.sign(compareDecimals(read(one), read(other)));
const seed = Number(process.env['POSTERN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe('numbers are compared exactly', () => {
  test.each([
    ['1', '1.0', 0],
    ['1.10', '1.1', 0],
    ['-0', '0', 0],
    ['0.000', '-0e99', 0],
    ['1E5', '100000', 0],
    ['1e+2', '100', 0],
    ['+1', '1.', 0],
    ['.5', '5e-1', 0],
    ['9007199254740992', '9007199254740993', -1],
    ['123456789012345678901', '123456789012345678900', 1],
    ['-9007199254740993', '-9007199254740992', -1],
    ['0.1', '0.10000000000000000001', -1],
    ['-1', '1', -1],
    ['-1', '0', -1],
    ['1e400', '1e399', 1],
    ['-1e400', '-1e399', -1],
    ['1e-400', '0', 1],
    ['1e999999999', '2e999999999', -1],
    ['1e999999999', '1e999999998', 1],
    ['1e-999999999999999999999', '1e999999999999999999999', -1],
    ['10e999999999999999999999', '1e1000000000000000000000', 0],
  ])('%s and %s: %i', (one, other, expected) => {
    expect(order(one, other)).toBe(expected);
    expect(order(other, one)).toBe(0 - expected);
  });

  test.each(['', '.', 'e1', '1e', '1e1.5', '1 ', ' 1', '0x10', '1_000', 'Infinity', 'NaN', '--1', '1.2.3', '\u0661'])(
    '`%s` is no number',
    (text) => expect(readDecimal(text)).toBeUndefined(),
  );

  test('long texts cost no more than their length, and an exponent of more than 10,000 digits is none', () => {
    const long = '9'.repeat(1_000_000);
    const started = performance.now();
    expect(order(long, `${long}.0`)).toBe(0);
    expect(order(`0.${'0'.repeat(1_000_000)}1`, '1e-1000001')).toBe(0);
    expect(readDecimal(`${long}x`)).toBeUndefined();
    expect(readDecimal(`${'0'.repeat(1_000_000)}1x`)).toBeUndefined();
    expect(readDecimal(`1e${long}`)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

test(`what lies beyond and between is there, and is printed as it is read (seed ${seed})`, () => {
  const random = new Random(seed);
  const digits = (most: number): string =>
    Array.from({ length: Math.floor(random.next() * (most + 1)) }, () => random.pick(['0', '1', '5', '9'])).join('');
  const text = (): string =>
    `${random.pick(['', '-'])}0${digits(4)}.${digits(4)}${random.pick(['', '', 'e2', 'e-3', 'e5000', 'e-5000', 'e-99999999999999999999'])}`;
  for (let round = 0; round < 5000; round += 1) {
    const [one, other] = [read(text()), read(text())];
    const step = random.pick([1n, 60n]);
    expect(compareDecimals(read(printDecimal(one)), one)).toBe(0);
    expect(compareDecimals(beyond(one, step), one)).toBeGreaterThan(0);
    expect(compareDecimals(beyond(one, -step), one)).toBeLessThan(0);
    const difference = compareDecimals(one, other);
    if (difference === 0) continue;
    const [lower, upper] = difference < 0 ? [one, other] : [other, one];
    const found = between(lower, upper, step);
    expect(compareDecimals(lower, found), `${printDecimal(lower)} < ${printDecimal(found)}`).toBeLessThan(0);
    expect(compareDecimals(found, upper), `${printDecimal(found)} < ${printDecimal(upper)}`).toBeLessThan(0);
    expect(compareDecimals(read(printDecimal(found)), found)).toBe(0);
  }
});

test('what lies between is a round number where there is one', () => {
  const middle = (one: string, other: string) => printDecimal(between(read(one), read(other), 1n));
  expect([middle('1', '2'), middle('1', '4'), middle('-4', '-1'), middle('-1', '1'), middle('0.5', '0.75')]).toEqual([
    '1.5',
    '3',
    '-2',
    '0',
    '0.625',
  ]);
});
