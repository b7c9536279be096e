import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../', import.meta.url));
const examples = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs)]
  .map((match) => match[1]!)
  .filter((text) => /chosen\(|fromFile\(/.test(text));
/** The file that the README of the repository shows. */
const file = /```yaml\n(# yaml-language-server.*?)```/s.exec(
  readFileSync(join(folder, '../../README.md'), 'utf8'),
)![1]!;

/** Runs an example in the place of the engine, and prints how many roles it made. */
const engine = `import * as pulumi from '@pulumi/pulumi';

let roles = 0;
await pulumi.runtime.setMocks({
  newResource({ inputs, name, type }) {
    if (type === 'aws:iam/role:Role') roles += 1;
    return { id: name, state: { name, arn: \`arn:aws:iam::444455556666:x/\${name}\`, ...inputs } };
  },
  call({ token }) {
    if (token.endsWith('getCallerIdentity')) return { accountId: '444455556666' };
    return token.endsWith('getRegion') ? { region: 'eu-west-1' } : { partition: 'aws' };
  },
});
await import('./example.ts');
await new Promise((resolve) => setTimeout(resolve, 200));
console.log(String(roles));
`;

test('the README shows a role and the roles of a file', () => {
  expect(examples).toHaveLength(2);
});

test.each(examples)('what the README shows makes a role', (source) => {
  const room = mkdtempSync(join(folder, 'out-tsc-readme-'));
  try {
    writeFileSync(join(room, 'example.ts'), source);
    writeFileSync(join(room, 'engine.ts'), engine);
    writeFileSync(join(room, 'postern.yaml'), file);
    const args = ['--conditions=@postern/source', '--import', 'tsx', join(room, 'engine.ts')];
    const { status, stderr, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: room });
    expect([status, stderr, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, '', '1']);
  } finally {
    rmSync(room, { recursive: true });
  }
});
