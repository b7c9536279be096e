import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { paths } from '../src/lint/rules/escalation/catalogue.js';
import { rules } from '../src/lint/rules/index.js';

const readme = readFileSync(new URL('../src/lint/README.md', import.meta.url), 'utf8');
const rows = readme
  .split('\n')
  .filter((line) => /^\| (Error|Security warning|Warning|Suggestion) +\|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const ids = new Set(rules.map(({ id }) => id));

test('every check of AWS has a rule that there is, or a reason', () => {
  expect(rows.length).toBeGreaterThan(100);
  for (const [, , check, here] of rows) {
    const named = Array.from(here!.matchAll(/`([a-z-]+)`/g), (match) => match[1]!).filter(
      (word) => word.includes('-') || ids.has(word),
    );
    for (const id of named) expect(ids, `${check}: ${id}`).toContain(id);
    expect(named.length > 0 || /^(not here|not decided|the file is not read|a document with)/.test(here!), check).toBe(
      true,
    );
  }
});

test('every check stands once, and the number of paths is right', () => {
  const checks = rows.map(([, , check]) => check);
  expect(new Set(checks).size).toBe(checks.length);
  expect(readme).toContain(`its ${paths.length} paths`);
});
