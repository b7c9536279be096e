import { describe, expect, test } from 'vitest';
import { exampleActions, exampleResources, exampleValues, spellAction } from '../../../src/access/compare/examples.js';
import { symbol } from '../../../src/access/compare/letters.js';
import {
  actionPattern,
  anyAction,
  anyArn,
  fromLetters,
  resourcePatterns,
  valuePattern,
  type TextPattern,
} from '../../../src/access/compare/text-pattern.js';

const variable = String.fromCharCode(symbol(0));

function resource(text: string): TextPattern {
  return resourcePatterns(text, true, new Map([['v', variable]]), 'runs')[0] as TextPattern;
}

describe('actions', () => {
  test.each([
    ['s3:*Object', ['s3:getobject', 's3:putobject', 's3:deleteobject', 's3:xobject']],
    ['iam:*', ['iam:passrole', 'iam:createuser', 'iam:getrole', 'iam:x']],
    ['ecr:Put?mage*', ['ecr:putimage', 'ecr:putxmagex']],
    ['sns:Publish*', ['sns:publishx']],
    ['sqs:SendMessage', ['sqs:sendmessage']],
  ])('of `%s`: those that everybody knows, then one that is made up', (pattern, expected) => {
    expect(exampleActions(actionPattern(pattern))).toEqual(expected);
  });

  test('of any kind, all that everybody knows and none made up', () => {
    const all = exampleActions(anyAction);
    expect(all).toHaveLength(18);
    expect(all[0]).toBe('s3:getobject');
    expect(exampleActions(anyAction)).toBe(all);
  });

  test.each([
    ['s3:getobject', [], 's3:GetObject'],
    ['s3:getobject', ['s3:GETOBJECT'], 's3:GetObject'],
    ['sqs:sendmessage', ['sqs:Send*', 'SQS:SendMess*'], 'SQS:SendMessage'],
    ['sqs:sendmessage', ['sqs:*', 'sqs:SendMessage'], 'sqs:SendMessage'],
    ['sqs:sendx', ['sqs:S?ndX', 'sqs:Receive*'], 'sqs:Sendx'],
    ['sqs:sendx', ['*', 'sns:*'], 'sqs:sendx'],
    ['sqs:sendx', [], 'sqs:sendx'],
  ])('`%s` is spelled as in %j: `%s`', (action, spellings, expected) => {
    expect(spellAction(action, spellings)).toBe(expected);
  });
});

describe('resources', () => {
  const of = (text: string): readonly string[] => exampleResources('s3:getobject')(resource(text));

  test.each([
    ['arn:aws:s3:::b/*', ['arn:aws:s3:::b/x']],
    ['arn:aws:s3:::b/?*', ['arn:aws:s3:::b/xx']],
    ['arn:*:*:*:*:*', ['arn:aws:s3:us-east-1:111122223333:x']],
    ['arn:aws:ecr:*:*:repository/*', ['arn:aws:ecr:us-east-1:111122223333:repository/x']],
    ['arn:aws:ecr:eu-*:*:repository/a', ['arn:aws:ecr:eu-x:111122223333:repository/a']],
    ['arn:aws:ecr:*-1:?:a', ['arn:aws:ecr:x-1:x:a']],
    ['arn:aws:sqs', ['arn:aws:sqs:us-east-1:111122223333:x']],
    ['arn:aws:dynamodb:*:table/*', ['arn:aws:dynamodb:us-east-1:111122223333:table/x']],
    ['arn:*:table/*', ['arn:aws:s3:us-east-1:111122223333:table/x']],
    ['arn:aws:ec2:?1:*:x', ['arn:aws:ec2:x1:111122223333:x']],
    ['arn:aws:s3:::b/${v}/*', [`arn:aws:s3:::b/${variable}/x`]],
  ])('of `%s`', (text, expected) => {
    expect(of(text)).toEqual(expected);
    for (const example of expected) expect(resource(text).matches(example)).toBe(true);
  });

  test.each([
    ['s3:getobject', 'arn:aws:s3:::x', 'arn:aws:s3:::x/x'],
    ['iam:getrole', 'arn:aws:iam::111122223333:x', 'arn:aws:iam::111122223333:x/x'],
    ['sqs:x', 'arn:aws:sqs:us-east-1:111122223333:x', 'arn:aws:sqs:us-east-1:111122223333:x/x'],
  ])('of `%s` on anything: ARNs of the service', (action, ...first) => {
    const service = action.split(':')[0];
    expect(exampleResources(action)(anyArn)).toEqual([
      ...first,
      `arn:aws:${service}:us-east-1:111122223333:x`,
      `arn:aws:${service}:eu-west-1:444455556666:x`,
      `arn:aws-cn:${service}:::x`,
    ]);
  });

  test('none for what is no ARN of a policy', () => {
    expect(exampleResources('s3:x')(anyAction)).toEqual([]);
  });
});

test('values: those with wildcards and variables filled, and none of a plain text or of classes', () => {
  const like = (text: string) => valuePattern(text, 'stringLike', true, new Map([['v', variable]])) as TextPattern;
  expect(exampleValues(like('a*?'))).toEqual(['axx']);
  expect(exampleValues(like('*'))).toEqual(['x']);
  expect(exampleValues(like('a${v}'))).toEqual([`a${variable}`]);
  expect(exampleValues(like('a'))).toEqual([]);
  expect(exampleValues(fromLetters([]))).toEqual([]);
  expect(exampleValues(anyAction)).toEqual([]);
});
