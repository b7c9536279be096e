import { useCases } from '@postern/core';
import { expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';

const published = useCases.filter(({ vendors }) => vendors !== undefined).map(({ id }) => id);

test.each(published)('show %s says what vendors publish, and how it compares', async (id) => {
  const { stdout } = await postern(['show', id]);
  const { vendors = [] } = useCases.find((one) => one.id === id)!;
  for (const { title, url, readOn } of vendors) expect(stdout).toContain(`  ${title}, read on ${readOn}: ${url}\n`);
  expect(stdout).toMatch(/What vendors publish\n {2}.*\n {6}(allows the same|is (wider|narrower)[^:]*: it .*`)/);
  const json = JSON.parse((await postern(['show', id, '--json'])).stdout) as {
    vendors: { comparison: { relation: string } }[];
  };
  expect(json.vendors.map(({ comparison }) => comparison.relation)).not.toContain('unknown');
});

test('show says what stolen credentials are good for, with options as flags', async () => {
  const { stdout } = await postern(['show', 'ecs-service-deployment']);
  expect(stdout).toMatch(/If its credentials are stolen\n {2}.*`--pass-roles`/);
});
