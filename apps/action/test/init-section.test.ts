import { expect, test } from 'vitest';
import { initSection } from '../src/sections/init.js';

test('what could not be read is said, and is no difference', () => {
  const stdout = [
    'The CI files say what postern.yaml does not:',
    '',
    'roles.a.permissions[0].s3-build-cache: a.yml:9 says of s3-build-cache:',
    '  prefixes: [x]',
    '',
    'Not read: scripts cannot be read: permission denied.',
    '',
  ].join('\n');
  const stderr = 'postern: the CI files and `postern.yaml` differ: bring them together\n';
  const place = { root: '/', folder: '/', prefix: '' };
  const section = initSection({ status: 1, stdout, stderr }, place);
  expect(section.findings.map(({ message }) => message)).toEqual([
    'roles.a.permissions[0].s3-build-cache: a.yml:9 says of s3-build-cache:\n  prefixes: [x]',
  ]);
  expect(section.lines).toContain('Not read: scripts cannot be read: permission denied.');
});
