import { expect, test } from 'vitest';
import { found, workflow } from './found.js';

const run = (script: string) =>
  found({ ...workflow('- run: ./a.sh'), 'a.sh': `${script}\naws ssm get-parameter --name /kept --region eu-west-1\n` })
    .jobs;

/** A script whose every part multiplies by its length: what is followed ends all the same, and goes on behind it. */
test.each([
  ['a word of very many variables', `echo ${'$a/'.repeat(150_000)}`],
  ['a word of very many substitutions', `echo ${'${a:-b}'.repeat(60_000)}`],
  [
    'a cut from a long text by a glob of many stars',
    `A=${'a-'.repeat(40_000)}\nB="\${A%%*-*-*-*-b}"\nC="\${A##*-*-*-b}"`,
  ],
  [
    'a comparison with a glob of many stars',
    `A=${'a-'.repeat(40_000)}\ncase $A in *a*a*a*a*a*a*b) aws s3 ls s3://no ;; esac`,
  ],
  ['options in one word', `set -- -${'a'.repeat(20_000)}\nwhile getopts "a" o; do x=$o; done`],
])('%s', { timeout: 20_000 }, (_, script) => {
  expect(run(script).filter((job) => job.includes('/kept'))).toEqual([
    expect.stringContaining('secrets-read call=get-parameter parameters=/kept region=eu-west-1'),
  ]);
});

test('names of prototypes are variables, functions and targets as any other', () => {
  expect(run('__proto__=a\nconstructor() { aws s3 ls s3://b/c/; }\nconstructor\necho "$__proto__$toString"')).toEqual([
    expect.stringContaining('s3-build-cache access=read bucket=b client=aws-cli prefixes=c'),
    expect.stringContaining('parameters=/kept'),
  ]);
});
