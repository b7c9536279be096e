import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { problemsOfOwners } from '../src/owners.js';

describe('the owners of a release', () => {
  test.each([
    '* @acme/postern',
    '* @jane',
    '# Who answers\n* jane@acme.io\n',
    '*\t@acme/postern @jane # both\r\n/docs @acme/writers\r\n',
  ])('%j can be asked', (text) => {
    expect(problemsOfOwners(text)).toEqual([]);
  });

  test.each([
    ['* maintainers@users.noreply.r-seed.example', /owns nothing/],
    ['* jane@example.com', /owns nothing/],
    ['* noreply@github.com', /owns nothing/],
    ['* @acme/postern jane@mail.invalid', /`jane@mail.invalid`/],
    ['* nobody', /is no owner/],
    ['* @acme/postern/more', /is no owner/],
    ['', /`\*` has no owner/],
    ['# * @acme/postern', /`\*` has no owner/],
    ['/docs @acme/writers', /`\*` has no owner/],
    ['*', /`\*` has no owner/],
  ])('%j is refused', (text, says) => {
    expect(problemsOfOwners(text).join('\n')).toMatch(says);
  });

  test('the file says that it must be filled in, as long as it must', () => {
    const text = readFileSync(new URL('../../../.github/CODEOWNERS', import.meta.url), 'utf8');
    expect(/FILL IN/.test(text)).toBe(problemsOfOwners(text).length > 0);
  });
});
