import { expect, test } from 'vitest';
import { readYaml } from '../printing/yaml.js';
import { yamlValue } from './yaml-value.js';

test.each([
  'a',
  'no',
  "it's",
  'two words',
  'a\nb\r\n\tc',
  'right\u202Eleft',
  'zero\u200Bwidth',
  'line\u2028and\u2029paragraph',
  'delete\u007F next\u0085',
  'private\uE000',
  'tag \u{E0041}',
  'ü 日本 😀',
  '\uFEFFmark',
])('%j is read back as the same, and holds nothing that turns, hides or ends a line', (text) => {
  const written = yamlValue([text]);
  expect(readYaml(written)).toEqual([text]);
  expect(written).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u);
});
