import { expect, test } from 'vitest';
import { respell, useCases } from '../../src/index.js';

const host = { spell: (option: string) => `--${option}` };

test('every option that a text of an entry names is written as the host writes it', () => {
  for (const useCase of useCases) {
    const names = Object.keys(useCase.options);
    const texts = [...(useCase.refuse ?? []), ...(useCase.notes ?? [])].map(({ say }) => respell(say, useCase, host));
    const left = texts.filter((text) => names.some((name) => text.includes(`\`${name}\``)));
    expect(left, useCase.id).toEqual([]);
  }
});

test('what is no option stays as it is', () => {
  const useCase = { options: { resolveS3: {}, bucket: {} } };
  expect(respell('set `resolveS3`, not `bucket2` nor `toString`', useCase, host)).toBe(
    'set --resolveS3, not `bucket2` nor `toString`',
  );
});
