import { expect, test } from 'vitest';
import { detect } from '../src/index.js';
import { readOrigin } from '../src/roles/origin.js';
import { workflow } from './found.js';

const github = { provider: 'github-actions', options: { owner: 'acme', repository: 'shop.web' } };
const gitlab = { provider: 'gitlab', options: { projectPath: 'acme/team/shop' } };

test.each([
  ['https://github.com/acme/shop.web.git', github],
  ['https://somebody:secret@github.com/acme/shop.web', github],
  ['https://GitHub.com/acme/shop.web/', github],
  ['git@github.com:acme/shop.web.git', github],
  ['ssh://git@github.com:22/acme/shop.web.git', github],
  ['git@gitlab.com:acme/team/shop.git', gitlab],
  ['https://gitlab.com/acme/team/shop.git', gitlab],
  // What SSH calls a host is not its name, and a path on this machine is no host.
  ['git@github.com-work:acme/shop.git', undefined],
  ['git@work:acme/shop.git', undefined],
  ['https://github.com.example.com/acme/shop', undefined],
  ['https://example.com/github.com/acme/shop', undefined],
  ['https://github.com/acme', undefined],
  ['https://github.com/acme/shop/more', undefined],
  ['https://github.com/acme/*', undefined],
  ['https://gitlab.com/shop', undefined],
  ['../shop', undefined],
  ['/srv/git/github.com/acme/shop', undefined],
  ['', undefined],
])('the remote %s', (address, origin) => {
  expect(readOrigin(address)).toEqual(origin);
});

test('the remote names the repository for the trust entry of its own host alone', () => {
  const files = new Map(Object.entries(workflow('- run: aws ssm get-parameter --name /a\n')));
  const trust = (remote?: string) => detect(files, remote).roles[0]!.trust;
  expect(trust('git@github.com:acme/shop.web.git')).toMatchObject({ options: github.options });
  expect(trust('git@github.com:acme/shop.web.git').open).not.toContain('owner');
  expect(trust('git@gitlab.com:acme/team/shop.git').options).toEqual({ branches: ['main'] });
  expect(trust().open).toContain('owner');
});
