import { trustEntries, useCases, type AnyEntry, type UseCase } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { renderDocument, renderModule, renderPartitions } from '../src/index.js';

/** The functions that Terraform 1.5 knows, as far as the documents use any. */
const known = new Set(
  'alltrue anytrue can concat contains distinct file flatten join jsondecode jsonencode keys length lookup one regex regexall replace slice split startswith trimprefix trimsuffix'.split(
    ' ',
  ),
);

const files = (useCases as readonly UseCase[]).flatMap((useCase) => [
  ...[...renderDocument(useCase)].map(([name, text]) => ({ file: `documents/${useCase.id}/${name}`, text })),
  ...[...renderDocument(useCase, { partitions: '../partitions.json' })].map(([name, text]) => ({
    file: `documents/${useCase.id}/${name}, with the table in a file`,
    text,
  })),
  ...[...renderModule(useCase)].map(([name, text]) => ({ file: `modules/${useCase.id}/${name}`, text })),
]);
const hcl = files.filter(({ file }) => /\.tf\b/.test(file));

/** HCL without comments and without what stands in strings, interpolations kept. */
function code(text: string): string {
  return text
    .replace(/^\s*#.*$/gm, '')
    .replace(/"(?:[^"\\$]|\\.|\$(?!\{)|\$\{[^}]*\})*"/g, (literal) =>
      [...literal.matchAll(/(?<!\$)\$\{([^}]*)\}/g)].map((match) => ` ${match[1]} `).join(''),
    );
}

describe.each(hcl)('$file', ({ text }) => {
  test('calls no function newer than Terraform 1.5', () => {
    const called = [...code(text).matchAll(/\b([a-z_][a-z0-9_]*)\(/g)]
      .map((match) => match[1]!)
      .filter((name) => !['if', 'in', 'list', 'map'].includes(name));
    expect([...new Set(called)].filter((name) => !known.has(name))).toEqual([]);
  });

  test('no validation reads another variable, which Terraform before 1.9 refuses', () => {
    for (const [, name, body] of text.matchAll(/variable "(\w+)" \{\n(.*?)\n\}/gs)) {
      const named = [...body!.matchAll(/\bvar\.(\w+)/g)].map((match) => match[1]);
      expect(
        named.filter((other) => other !== name),
        name,
      ).toEqual([]);
    }
  });

  test('every action has its reason above it', () => {
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      if (/^\s+\[(for x in \[)?"[a-z0-9-]+:[A-Z]/.test(line)) expect(lines[index - 1]).toMatch(/^\s+# \S/);
    }
  });
});

test('the table of partitions stands in a file or in the document, and never in both', () => {
  const [useCase] = useCases;
  const within = renderDocument(useCase).get('main.tf')!;
  const apart = renderDocument(useCase, { partitions: '../partitions.json' }).get('main.tf')!;
  const tables = JSON.parse(renderPartitions()) as Record<string, Record<string, string>>;
  expect(Object.keys(tables)).toEqual(['partition_of_region', 'dns_suffixes']);
  for (const [name, table] of Object.entries(tables)) {
    expect(apart).toMatch(new RegExp(`\\b${name}\\s+= local\\.partition_tables\\.${name}\\n`));
    for (const key of Object.keys(table)) {
      expect(within).toMatch(new RegExp(`^ +"${key}" += "${table[key]!}"$`, 'm'));
      expect(apart).not.toContain(`"${key}"`);
    }
  }
});

test('the rules above see what they forbid', () => {
  expect(code('x = strcontains(var.a, "b") # c')).toContain('strcontains(');
  expect(code('x = "a ${upper(var.a)} $${no(x)}"')).toContain('upper(');
  expect(code('x = "a $${no(x)}"')).not.toContain('no(');
});

/** Names in a whole document or module: those that stand behind `var.` or `local.`, and those that are declared. */
function namesIn(texts: Iterable<string>): { readonly used: string[]; readonly declared: Set<string> } {
  const whole = [...texts].map((text) => text.replace(/^\s*#.*$/gm, '')).join('\n');
  const used = [...whole.matchAll(/\b((?:var|local)\.[a-z0-9_]+)/g)].map((match) => match[1]!);
  const variables = [...whole.matchAll(/^variable "(\w+)"/gm)].map((match) => `var.${match[1]!}`);
  const locals = [...whole.matchAll(/^locals \{\n(.*?)^\}/gms)].flatMap((match) =>
    [...match[1]!.matchAll(/^ {2}([a-z0-9_]+) += /gm)].map((name) => `local.${name[1]!}`),
  );
  return { used, declared: new Set([...variables, ...locals]) };
}

describe.each([...useCases, ...trustEntries] as readonly AnyEntry[])('$id', (entry) => {
  test('its document names nothing that is not declared, as Terraform refuses it', () => {
    for (const settings of [{}, { partitions: '../partitions.json' }]) {
      const { used, declared } = namesIn(
        [...renderDocument(entry, settings)].flatMap(([name, text]) => (name.endsWith('.tf') ? [text] : [])),
      );
      expect(used.length).toBeGreaterThan(0);
      expect(used.filter((name) => !declared.has(name))).toEqual([]);
    }
  });
});

test.each(useCases as readonly UseCase[])('the module of $id names nothing that is not declared', (useCase) => {
  const { used, declared } = namesIn(
    [...renderModule(useCase)].flatMap(([name, text]) => (name.endsWith('.tf') ? [text] : [])),
  );
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((name) => !declared.has(name))).toEqual([]);
});

test('no message names an option as other hosts write it', () => {
  for (const entry of [...useCases, ...trustEntries] as readonly AnyEntry[]) {
    const outputs = [...renderDocument(entry)].map(([, text]) => text).join('\n');
    const messages = [...outputs.matchAll(/error_message = (".*")/g)].map(([, text]) => text!);
    const others = Object.keys(entry.options).filter((name) => /[A-Z]/.test(name));
    const left = others.filter((name) => messages.some((text) => text.includes(`\`${name}\``)));
    expect(left, entry.id).toEqual([]);
  }
});
