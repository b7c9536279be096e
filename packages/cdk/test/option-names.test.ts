import { useCases } from '@postern/core';
import { describe, expect, test } from 'vitest';
import type { AttachmentProps } from '../src/index.js';

/** What a construct takes for itself: an option of the same name would never reach the policy. */
const own: Readonly<Record<keyof AttachmentProps, true>> = {
  inline: true,
  policyName: true,
  description: true,
  path: true,
  roles: true,
  users: true,
  groups: true,
};

describe.each(useCases)('$id', ({ options }) => {
  test('has no option that constructs take for themselves', () => {
    expect(Object.keys(options).filter((name) => name in own)).toEqual([]);
  });
});
