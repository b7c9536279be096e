import { expect, test } from 'vitest';
import { decide, runningStars } from '../../src/index.js';

test.each([
  ['arn:aws:dynamodb:*:table/prod-*', [['region', 'arn:aws:dynamodb:us-east-1:111122223333:table/prod-x']]],
  [
    'arn:aws:logs:*:*:/aws-glue/*',
    [
      ['region', 'arn:aws:logs:us-east-1:111122223333:111122223333:/aws-glue/x'],
      ['account', 'arn:aws:logs:us-east-1:111122223333:x:/aws-glue/x'],
    ],
  ],
  ['arn:aws:s3*:::b', [['service', 'arn:aws:s3:us-east-1:::b']]],
  ['arn:*:s3:::b/${aws:username}', [['partition', 'arn:aws:x:s3:::b/x']]],
  ['arn:aws:ec2:us-*:1?1:x/*', [['region', 'arn:aws:ec2:us-:111122223333:1x1:x/x']]],
])('%s: which stars may run on, and into what', (resource, expected) => {
  const found = runningStars(resource);
  expect(found.map(({ part, reaches }) => [part, reaches])).toEqual(expected);
  for (const { reaches } of found) expect(decideOne(resource.replace('${aws:username}', 'x'), reaches)).toBe('allowed');
});

test.each([
  '*',
  'arn:aws:s3:::b/*',
  'arn:aws:sqs',
  'arn:aws:sqs:*',
  'arn:aws:sqs:*:*:*',
  'arn:aws:sqs:us-*:*',
  'arn:aws:logs:us-*-1:*:*',
  'arn:aws:logs:u?:1:x:*:y',
  'no arn*:x:y',
])('%s: no star whose reach is uncertain', (resource) => {
  expect(runningStars(resource)).toEqual([]);
});

function decideOne(resource: string, asked: string): string {
  const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: resource } };
  return decide(document, { action: 's3:GetObject', resource: asked }).decision;
}
