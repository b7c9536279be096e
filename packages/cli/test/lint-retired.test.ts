import { expect, test } from 'vitest';
import { retiredActions, retiredServices } from '../src/lint/rules/retired-action/retired.js';
import { ServiceReference } from '../src/lint/service-reference.js';

const reference = await ServiceReference.load();

test.each(retiredServices)(
  'what is said of the service %s agrees with the reference',
  async (service, { isListed }) => {
    expect((await reference.matching(`${service}:*`)).length > 0).toBe(isListed ?? false);
  },
);

test.each(retiredActions)('what is said of the action %s agrees with the reference', async (action, { isListed }) => {
  expect((await reference.matching(action)).length > 0).toBe(isListed ?? false);
});
