import { build, print } from '@postern/core';
import { expect, test } from 'vitest';
import { sampleCells } from '../src/cells.js';
import { mutateText, mutations } from '../src/mutate.js';

const texts = (await sampleCells()).map(({ useCase, options }) => print(build(useCase, options)));

test.each(Object.keys(mutations))('%s can be made of some policy of the catalog', (mutation) => {
  expect(texts.some((text) => mutateText(text, mutation) !== undefined)).toBe(true);
});
