import { expect, test } from 'vitest';
import { SourceLines } from '../src/reports/source-lines.js';

const text = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow" },
    {
      "Action": ["s3:GetObject",
        "s3:PutObject"],
      "Resource": "*",
      "Condition": {
        "StringEquals": {
          "codebuild:secondarySources/x": "0",
          "codebuild:secondarySources/x.location": [
            "a"
          ]
        }
      }
    }
  ]
}`;

test.each([
  ['', 1],
  ['Version', 2],
  ['Statement', 3],
  ['Statement[0]', 4],
  ['Statement[0].Effect', 4],
  ['Statement[1]', 5],
  ['Statement[1].Action[0]', 6],
  ['Statement[1].Action[1]', 7],
  ['Statement[1].Resource[0]', 8],
  ['Statement[1].Condition.StringEquals.codebuild:secondarySources/x.location', 12],
  ['Statement[1].Condition.StringEquals.codebuild:secondarySources/x.location[0]', 13],
  ['Statement[1].Condition.StringEquals.aws:none', 10],
  ['Statement[7].Action', 3],
  ['Nothing', 1],
])('`%s` stands on line %i', (path, line) => {
  expect(new SourceLines(text).lineOf(path)).toBe(line);
});

test('one statement without a list, and texts that are no JSON or YAML', () => {
  expect(new SourceLines('{\n"Statement": {\n"Action": "x"}}').lineOf('Statement[0].Action[0]')).toBe(3);
  for (const odd of ['', '{', 'a: [', '- a\n- *b', '\u0000'])
    expect(new SourceLines(odd).lineOf('Statement[0]')).toBe(1);
});
