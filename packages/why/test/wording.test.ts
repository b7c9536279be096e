import { useCases } from '@postern/core';
import { expect, test } from 'vitest';
import { exclusions } from '../src/exclusions.js';

/** What leans on a sentence before it, which is not there where it is told alone. */
const leaning = /^(?:and|or|nor|but|only|another|on|given|its|it is|it stays|the same|the rest)\b/;

test('why a job does not need an action can be said behind `since`', () => {
  const left = exclusions.filter(({ why }) => leaning.test(why) || !why.includes(' '));
  expect(left).toEqual([]);
  expect(exclusions.length).toBeGreaterThan(100);
});

test('what an action is for can be said without the action before it', () => {
  const left = useCases.flatMap(({ id, statements }) =>
    statements.flatMap(({ actions }) =>
      Object.entries(actions)
        .map(([action, reason]) => [id, action, typeof reason === 'string' ? reason : reason.then] as const)
        .filter(([, , reason]) =>
          /^(?:and|or|nor|but|the same)\b|^(?:\w+ ){1,2}(?:it|them|its)\b|^(?:\w+ )+of (?:it|them)$/.test(reason),
        ),
    ),
  );
  expect(left).toEqual([]);
});

// A template holds what it likes, and without a service role CloudFormation asks for it with the rights of the job.
test.each(['iam:CreateRole', 'lambda:AddPermission', 'lambda:PublishLayerVersion'])(
  'nobody is told that a template never needs %s',
  (action) => {
    const deploying = useCases.filter(({ options }) => 'serviceRole' in options).map(({ id }) => String(id));
    const told = exclusions.filter((one) => one.action === action && deploying.includes(one.useCase));
    expect(told.length).toBeGreaterThan(0);
    for (const { useCase, why } of told)
      expect(why, useCase).toMatch(/with the service role, or with rights that are given/);
  },
);
