import { formats } from '@postern/cli/browser';
import { trustEntries, useCases } from '@postern/core';
import { expect, test } from 'vitest';
import { nothingUnknown, unknownIn } from './unknown.js';

const words = Object.keys(formats);
const trusts = trustEntries.map(({ id }) => id);
const [job] = useCases;
const [trust] = trustEntries;
const of = (address: string) => unknownIn(job, address, { formats: words, trusts });

test('an option that the job does not have is told, with the name that may be meant', () => {
  const [name = ''] = Object.keys(job.options);
  expect(of(`#${name}x=1`)).toEqual([
    `In the address: \`${name}x\` is no option of \`${job.id}\`, did you mean \`${name}\`?`,
  ]);
  expect(of('#qqqqqqqq=1&account=123456789012')).toEqual([
    `In the address: \`qqqqqqqq\` is no option of \`${job.id}\`: leave it out`,
  ]);
});

test('so are a format, and those who may assume a role, that are not there', () => {
  expect(of('#format=nope&trust=no')).toEqual([
    'In the address: `nope` is no format: choose one here',
    'In the address: `no` is no trust entry: choose one here',
  ]);
});

test('what the page knows, and the name of a part of it, is not told', () => {
  const known = [...Object.keys(job.options).map((name) => `${name}=1`), ...words.map((word) => `format=${word}`)];
  expect(of(`#${known.join('&')}&split=true&trust=${trusts[0]}&trust.x=1&role.name=a&role.boundary=true`)).toEqual([]);
  expect(of('#permissions')).toEqual([]);
  expect(of('')).toEqual([]);
  // A page whose address says nothing is not drawn a second time for it.
  for (const address of ['', '#permissions', '#split=true']) expect(of(address)).toBe(nothingUnknown);
  expect(unknownIn(trust, '#trust=x', { formats: words })).toHaveLength(1);
});

test('of many a few are told, and names are data', () => {
  const address = Array.from({ length: 9 }, (_, index) => `x${index}=1`).join('&');
  expect(of(`__proto__=1&constructor=1&${address}`)).toHaveLength(6);
  expect(of(`__proto__=1&constructor=1&${address}`).at(-1)).toBe(
    'The address says 6 more things that this page does not know',
  );
  expect(of('a%E2%80%AEb=1').join()).not.toContain('\u202E');
});
