import { expect, test } from 'vitest';
import { withoutRepeats, type PolicyDocument } from '../../src/index.js';

const split = { 'Fn::Split': [',', ','] };

test('each list says what it says once, in the order of the first, and nothing else is changed', () => {
  const document = {
    Version: '2012-10-17',
    Id: 'a',
    Statement: [
      {
        Sid: 'One',
        Effect: 'Allow',
        Principal: { AWS: ['b', 'a', 'b'], Service: split },
        NotPrincipal: { Federated: ['a', 'a'] },
        Action: ['s3:b', 's3:a', 's3:b', 's3:B'],
        NotAction: ['x', 'x'],
        Resource: [{ 'Fn::Join': ['', ['a', 'a']] }, 'b', { 'Fn::Join': ['', ['a', 'a']] }, split],
        NotResource: split,
        Condition: { StringEquals: { k: ['2', '1', '2'], l: split, __proto__x: ['a', 'a'] }, Null: { k: ['true'] } },
      },
      { Sid: 'Two', Effect: 'Deny', Principal: '*', Action: ['*'], Resource: ['*'] },
    ],
  };
  const before = structuredClone(document);
  const [one, two] = document.Statement;
  expect(withoutRepeats(document as unknown as PolicyDocument)).toEqual({
    Version: '2012-10-17',
    Id: 'a',
    Statement: [
      {
        ...one,
        Principal: { AWS: ['b', 'a'], Service: split },
        NotPrincipal: { Federated: ['a'] },
        Action: ['s3:b', 's3:a', 's3:B'],
        NotAction: ['x'],
        Resource: [{ 'Fn::Join': ['', ['a', 'a']] }, 'b', split],
        Condition: { StringEquals: { k: ['2', '1'], l: split, __proto__x: ['a'] }, Null: { k: ['true'] } },
      },
      two,
    ],
  });
  expect(document).toEqual(before);
});

test('a text is not what is written for another value, though the two read the same in JSON', () => {
  const token = { Ref: 'Bucket' };
  const alike = [JSON.stringify(token), token, JSON.stringify(token), token, '"x', 'x', JSON.stringify('x')];
  const document = { Statement: [{ Effect: 'Allow', Action: ['a'], Resource: alike }] };
  const [{ Action, Resource } = {}] = withoutRepeats(document as unknown as PolicyDocument).Statement;
  expect(Action).toEqual(['a']);
  expect(Resource).toEqual([JSON.stringify(token), token, '"x', 'x', '"x"']);
});
