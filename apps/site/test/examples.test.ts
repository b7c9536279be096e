import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const content = new URL('../src/content/', import.meta.url);
const program = fileURLToPath(new URL('../../cli/dist/postern.cjs', import.meta.url));
const languages = new Set(['sh', 'sh account', 'text', 'yaml', 'json']);

/** A fenced block of a text: a file where its fence names one, and otherwise commands, or what they print. */
interface Block {
  readonly language: string;
  readonly name: string;
  readonly text: string;
}

const texts = readdirSync(content).map((file) => {
  const blocks = [...readFileSync(new URL(file, content), 'utf8').matchAll(/^```(\w*) ?(.*)\n([^]*?)^```$/gm)].map(
    ([, language = '', name = '', text = '']): Block => ({ language, name, text }),
  );
  return [file, blocks] as const;
});
const commandsOf = (text: string) => text.trimEnd().split('\n');

test('every block is run, is a file, is what was printed, or says that no test runs it', () => {
  const blocks = texts.flatMap(([, all]) => all);
  expect(blocks.length).toBeGreaterThan(30);
  for (const { language, name, text } of blocks) {
    if (language === 'sh') expect(['', 'account']).toContain(name);
    else if (language !== 'text') expect(name, text).not.toBe('');
    expect([...languages]).toContain(language);
    // What needs no account is run.
    if (name === 'account') expect(text).not.toMatch(/^postern /m);
  }
});

let bin: string;
beforeAll(() => {
  bin = mkdtempSync(join(tmpdir(), 'postern-bin-'));
  writeFileSync(join(bin, 'postern'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(join(bin, 'postern'), 0o755);
});
afterAll(() => rmSync(bin, { recursive: true }));

describe.each(texts.filter(([, blocks]) => blocks.length > 0))('%s', (_, blocks) => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-docs-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let printed = '';

  test.each(blocks.filter(({ name }) => name !== 'account'))('$language $name: $text', ({ language, name, text }) => {
    if (language === 'text') return expectInOrder(printed, text);
    if (language !== 'sh') {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
      return;
    }
    printed = '';
    for (const command of commandsOf(text)) {
      const code = Number(/ # exit (\d)$/.exec(command)?.[1] ?? 0);
      const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          PATH: `${bin}${delimiter}${process.env['PATH']}`,
          HOME: folder,
          GIT_AUTHOR_NAME: 'reader',
          GIT_AUTHOR_EMAIL: 'reader@example.com',
          GIT_COMMITTER_NAME: 'reader',
          GIT_COMMITTER_EMAIL: 'reader@example.com',
        },
      });
      expect(status, `${command}\n${stdout}${stderr}`).toBe(code);
      printed += `${stdout}${stderr}`;
    }
  });
});

/** Each line that a text shows was printed, in this order; `…` stands for any lines between. */
function expectInOrder(printed: string, text: string): void {
  let rest = printed;
  for (const part of text.trimEnd().split(/^…\n/m)) {
    const at = rest.indexOf(part.trimEnd());
    expect(at, `${part}\nis not in\n${rest}`).toBeGreaterThanOrEqual(0);
    rest = rest.slice(at + part.trimEnd().length);
  }
}
