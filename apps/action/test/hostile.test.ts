import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { annotation, annotations, escapeData, escapeProperty } from '../src/workflow-command.js';
import { renderMarkdown } from '../src/markdown.js';
import { markerOf, mostInComment } from '../src/comment.js';
import { mostInSummary } from '../src/runner-files.js';
import { takeWords } from '../src/words.js';
import { commandsIn, config, gitHub, pullRequest, push, repository, step, workflow, type GitHub } from './step.js';
import type { ReportSection } from '../src/finding.js';

const shop = repository();
let github: GitHub;
beforeAll(async () => {
  github = await gitHub();
});
beforeEach(() => {
  github.comments.length = 0;
});
afterAll(async () => {
  shop.remove();
  await github.close();
});

test.each([
  ['100%', '100%25', '100%25'],
  ['a\r\nb', 'a%0D%0Ab', 'a%0D%0Ab'],
  ['a:b,c', 'a:b,c', 'a%3Ab%2Cc'],
  ['%0A%3A', '%250A%253A', '%250A%253A'],
  ['::error::x', '::error::x', '%3A%3Aerror%3A%3Ax'],
])('%j is escaped as the toolkit does', (text, data, property) => {
  expect([escapeData(text), escapeProperty(text)]).toEqual([data, property]);
});

test('an annotation is one line, whatever its texts hold', () => {
  const hostile = 'a,line=9::b\r\n::set-output name=x::y\u2028##[error]z\u001b[0m';
  const line = annotation({ level: 'error', rule: hostile, message: hostile, file: hostile, line: 1, column: 2 });
  expect(line).toMatch(/^::error file=[^:,\r\n]*,line=1,col=2,title=[^:,\r\n]*::[^\r\n\u2028\u001b]*$/);
});

test('as many annotations as GitHub shows, and how many there are besides', () => {
  const findings = Array.from({ length: 25 }, (_, index) => ({
    level: index < 5 ? ('warning' as const) : ('error' as const),
    rule: 'x',
    message: `${index}`,
  }));
  const lines = annotations(findings);
  expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(9);
  expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(5);
  expect(lines.at(-1)).toBe('::notice title=postern%3A more::11 more findings stand in the summary of the job');
  expect(annotations(findings.slice(0, 8))).toHaveLength(8);
});

const nasty = [
  '::set-output name=x::y',
  '  ::error::x',
  'x ##[add-path]/tmp',
  '</code></pre><img src=x onerror=alert(1)>',
  '`````',
  '<!-- postern -->',
  '@acme/admins https://evil.example [link](https://evil.example) ![](https://evil.example/a.png)',
  '| a | b |',
  '\u001b]0;title\u0007',
  'a\u202eb',
];

/** What of Markdown stands outside of code. */
function outsideCode(markdown: string): string {
  const lines = markdown.split('\n');
  const outside: string[] = [];
  let fence: string | undefined;
  for (const line of lines) {
    const [, run] = /^(`{3,})(?:[a-z]*)$/.exec(line) ?? [];
    if (fence === undefined && run !== undefined) fence = run;
    else if (fence !== undefined && line === fence) fence = undefined;
    else if (fence === undefined) outside.push(line);
  }
  return outside.join('\n').replace(/(?<!`)(`+)(?!`)(?:(?!\1).|(?<=`)`+)*?(?<!`)\1(?!`)/gs, '');
}

test('texts of the repository stand in code in a summary and a comment, where they are nothing else', () => {
  const section = (text: string): ReportSection => ({
    title: `check ${text}`,
    outcome: 'findings',
    sentence: text,
    lines: [text, 'a\n```\n<b>'],
    findings: [],
  });
  for (const text of nasty) {
    const outside = outsideCode(renderMarkdown([section(text), section(`\`${text}\` is wrong`)], [text], 100_000));
    expect(outside, text).not.toMatch(/[<>@![\]|\u001b\u202e]|evil/u);
  }
});

test('three backticks before a tag are no code span', () => {
  const section: ReportSection = { title: 'init', outcome: 'failed', sentence: '```<img>`', lines: [], findings: [] };
  expect(renderMarkdown([section], [], 1000)).toContain('\n```` ```<img>` ````');
});

test.each([mostInComment, mostInSummary])('what is too long is cut within %d, its code closed', (most) => {
  const lines = Array.from({ length: 50_000 }, (_, index) => `${index} ${'€'.repeat(100)}`);
  const section: ReportSection = {
    title: 'lint',
    outcome: 'findings',
    sentence: 'x'.repeat(9000),
    lines,
    findings: [],
  };
  const long: ReportSection = { ...section, title: 'plan', markdown: `${'```diff\n'.repeat(most)}` };
  const text = renderMarkdown([section, long, section], ['the end'], most);
  expect(text.length).toBeLessThanOrEqual(most);
  expect(text.length).toBeGreaterThan(most * 0.8);
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  expect(text.match(/^```(?:text)?$/gm)).toHaveLength(6);
  expect(text.match(/… cut here/g)).toHaveLength(3);
  expect(text.endsWith('the end\n')).toBe(true);
});

test('a marker ends itself, and tells folders and commands apart', () => {
  expect(markerOf('-->', ['init'])).toMatch(/^<!-- postern [0-9a-f]{16} -->$/);
  expect(new Set([markerOf('', ['init']), markerOf('a', ['init']), markerOf('', ['init', 'plan'])]).size).toBe(3);
});

test.each([
  ['a  b\tc', ['a', 'b', 'c']],
  [`"a b" 'c "d"' e"f g"h ''`, ['a b', 'c "d"', 'ef gh', '']],
  ['$(rm) `x` ; | a\\b', ['$(rm)', '`x`', ';', '|', 'a\\b']],
])('words of %j', (line, words) => {
  expect(takeWords(line)).toEqual({ words });
});

test('names of files, steps and keys that look like commands or HTML stay text to the end', async () => {
  const name = '::error::<img src=x>@acme, 100% `.yml';
  const base = shop.commit({ 'postern.yaml': config() });
  shop.commit({
    '.github/workflows/ship.yml': workflow.replace('acme-site', 'acme-x/</code><img>##[error]@acme'),
    [`.github/workflows/${name}`]: workflow.replace('aws s3 sync', '##[error]x; aws s3 sync'),
    'postern.yaml': config('acme-site', "      ecr-docker-push: { repositories: ['::error::<img>'] }\n"),
    '::set-output name=a::b.json':
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"##[error]<img>","Resource":"*","Sid":"`</code>"}}',
  });
  const inputs = { commands: 'init plan lint', lint: '*.json', sarif: 'postern.sarif' };
  const { code, log, summary } = await step(shop.folder, pullRequest(base), inputs, { GITHUB_API_URL: github.url });
  expect(code).toBe(1);
  const commands = commandsIn(log);
  for (const line of commands) expect(line).toMatch(/^::(?:group|endgroup|error |warning |notice )/);
  for (const line of commands) expect(line.replace(/^::\w+ /, '')).not.toMatch(/^::(?:error|set-output)::/);
  expect(log.split('\n').filter((line) => line.includes('##[') && !line.startsWith('::'))).toEqual([]);
  for (const text of [summary, github.comments[0]!.body.replace(/^<!--.*-->/, '')]) {
    expect(text).toContain('<img');
    expect(outsideCode(text).replace(/<\/?(?:details|summary)>/g, '')).not.toMatch(/[<>@]|::/);
  }
}, 60_000);

test('a hostile configuration changes no text around it in what `plan` prints', async () => {
  const base = shop.commit({ 'postern.yaml': config(), '.github/workflows/ship.yml': workflow });
  const values = ['`<img src=x>', '<img src=x>', '@acme/admins', '](https://evil.example)', '``` <b>'];
  const outcomes = [];
  for (const value of values) {
    const state = `      terraform-remote-state-s3: { bucket: acme-state, keys: [${JSON.stringify(`a/${value}`)}] }\n`;
    shop.commit({ 'postern.yaml': config('acme-site', state) });
    const { outputs } = await step(
      shop.folder,
      pullRequest(base),
      { commands: 'plan' },
      { GITHUB_API_URL: github.url },
    );
    outcomes.push(outputs['result']);
    const body = github.comments.at(-1)!.body.replace(/^<!--.*-->/, '');
    expect(body).toContain(value.replace(/^`+/, ''));
    expect(outsideCode(body).replace(/<\/?(?:details|summary)>/g, ''), value).not.toMatch(/<|@|evil/);
  }
  expect(outcomes).toContain('passed');
}, 60_000);

test('a push needs no network and no token', async () => {
  const { log } = await step(
    shop.folder,
    push('0'.repeat(40)),
    { token: '' },
    { GITHUB_API_URL: 'http://127.0.0.1:1' },
  );
  expect(log).not.toContain('GitHub');
});
