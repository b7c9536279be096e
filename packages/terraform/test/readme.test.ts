import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasForm, kindOf, useCases, type UseCase } from '@postern/core';
import { describe, expect, test } from 'vitest';
import { renderDocument, renderModule, snakeCase } from '../src/index.js';

const folders = (useCases as readonly UseCase[]).flatMap((useCase) => [
  { folder: `documents/${useCase.id}`, useCase, files: renderDocument(useCase) },
  { folder: `modules/${useCase.id}`, useCase, files: renderModule(useCase) },
]);
const installed = spawnSync('terraform-docs', ['--version'], { encoding: 'utf8' }).status === 0;
if (!installed)
  console.log(`SKIPPED: no terraform-docs, so ${folders.length} READMEs were not compared with what it prints`);

/** The blocks of a kind in HCL, by name. */
function blocksOf(kind: string, hcl: string): Map<string, string> {
  return new Map(
    [...hcl.matchAll(new RegExp(`^${kind} "(\\w+)" \\{\\n(.*?)\\n\\}`, 'gms'))].map((match) => [match[1]!, match[2]!]),
  );
}

/** The rows of a table: its cells, the first without its anchor. */
function rowsOf(readme: string, title: string): string[][] {
  const table = readme.split(`## ${title}\n\n`)[1]!.split('\n\n')[0]!;
  return table
    .split('\n')
    .filter((line) => line.startsWith('| <a') || line.startsWith('| ['))
    .map((line) => line.slice(2, -2).split(' | '))
    .map(([name, ...cells]) => [/\[([^\]]*)\]/.exec(name!)![1]!.replaceAll('\\_', '_'), ...cells]);
}

describe.each(folders)('$folder', ({ folder, useCase, files }) => {
  const readme = files.get('README.md')!;

  test('holds its versions in versions.tf alone', () => {
    expect(files.get('versions.tf')).toContain('required_version = ">= 1.5"');
    for (const [name, text] of files)
      if (name.endsWith('.tf') && name !== 'versions.tf') expect(text).not.toMatch(/^terraform \{/m);
  });

  test('what is required has no default, and nothing else lacks one', () => {
    const variables = blocksOf('variable', files.get('variables.tf')!);
    for (const [name, option] of Object.entries(useCase.options)) {
      const required = kindOf(option).isRequired(option);
      const variable = variables.get(snakeCase(name))!;
      expect(/^ {2}default +=/m.test(variable), name).toBe(!required);
      const isInUrl = hasForm(option) && option.within !== undefined && option.form.url !== undefined;
      const says = isInUrl ? ', or where the URL of the bucket says it.' : ' only.';
      if (/Null with scope account/.test(variable)) expect(variable, name).toContain(`Null with scope account${says}`);
    }
  });

  test('its tables list every variable and output, sorted, with what the files say', () => {
    const variables = blocksOf('variable', files.get('variables.tf')!);
    const inputs = rowsOf(readme, 'Inputs');
    expect(inputs.map(([name]) => name)).toEqual([...variables.keys()].sort());
    for (const [name, , type, value, required] of inputs) {
      const block = variables.get(name!)!;
      const said = (attribute: string) => new RegExp(`^ {2}${attribute} += (.*)$`, 'm').exec(block)?.[1];
      expect(type).toBe(`\`${said('type')}\``);
      expect([value, required]).toEqual(
        said('default') === undefined ? ['n/a', 'yes'] : [`\`${said('default')}\``, 'no'],
      );
    }
    expect(rowsOf(readme, 'Outputs').map(([name]) => name)).toEqual(
      [...blocksOf('output', files.get('outputs.tf')!).keys()].sort(),
    );
  });

  test('holds no markup that terraform-docs would escape otherwise', () => {
    for (const text of [...files].filter(([name]) => name !== 'README.md').map(([, hcl]) => hcl)) {
      for (const [, description] of text.matchAll(/^ {2}description += "(.*)"$/gm))
        expect(description!.replace(/`[^`]*`/g, '')).not.toMatch(/\*\S[^*]*\*|[<>]|https?:|_\s|\s_/);
    }
  });

  test.skipIf(!installed)('its tables are what terraform-docs prints', () => {
    const temporary = mkdtempSync(join(tmpdir(), 'postern-docs-'));
    try {
      for (const [name, text] of files) if (name.endsWith('.tf')) writeFileSync(join(temporary, name), text);
      const { stdout } = spawnSync('terraform-docs', ['markdown', 'table', temporary], { encoding: 'utf8' });
      const [, tables] = /<!-- BEGIN_TF_DOCS -->\n(.*)\n<!-- END_TF_DOCS -->/s.exec(readme)!;
      expect(tables, folder).toBe(stdout.trimEnd());
    } finally {
      rmSync(temporary, { recursive: true });
    }
  });
});
