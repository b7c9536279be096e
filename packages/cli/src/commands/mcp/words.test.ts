import { expect, test } from 'vitest';
import { inputWords } from './words.js';

test.each([
  [
    'the token has no claim `iss`: give the issuer with `--issuer`',
    'the token has no claim `iss`: give the issuer with `issuer`',
  ],
  ['--role-arn: `x` is no ARN of a role', 'roleArn: `x` is no ARN of a role'],
  ['--client-id: `` is no audience', 'clientIds: `` is no audience'],
  ['give its options, or leave `--use-case` out', 'give its options, or leave `useCase` out'],
  [
    '--repositories: missing: for example `--repositories my-app`',
    'repositories: missing: for example `repositories: my-app`',
  ],
  ['`a--b` and `x` - `--` and --- stay', '`a--b` and `x` - `--` and --- stay'],
  ['is no CI file: see `postern init --help` for those', 'is no CI file: see `postern init --help` for those'],
])('%s', (said, expected) => {
  expect(inputWords(said)).toBe(expected);
});
