import { expect, test } from 'vitest';
import { build, DocumentError, ecrDockerPush, OptionsError, SplitError } from '../../src/index.js';

function thrown(): unknown {
  try {
    build(ecrDockerPush, { repositories: ['A'], account: '123456789012', region: 'eu-west-1' });
  } catch (error) {
    return error;
  }
  return undefined;
}

test('an error of another copy of core is of the same class, and no other error is', () => {
  const elsewhere = Object.assign(new Error('x'), { name: 'OptionsError' });
  expect([thrown(), elsewhere].map((error) => error instanceof OptionsError)).toEqual([true, true]);
  for (const other of [new Error('x'), { name: 'OptionsError' }, undefined, new SplitError([])]) {
    expect(other instanceof OptionsError).toBe(false);
  }
  expect(thrown() instanceof DocumentError || thrown() instanceof SplitError).toBe(false);
});

test('a class made from one has its own errors only', () => {
  class Stricter extends OptionsError {}
  expect(thrown() instanceof Stricter).toBe(false);
  expect(new Stricter('x', []) instanceof Stricter).toBe(true);
  expect(new Stricter('x', []) instanceof OptionsError).toBe(true);
});
