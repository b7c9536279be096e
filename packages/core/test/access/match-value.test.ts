import { describe, expect, test } from 'vitest';
import { decide, type PolicyDocument } from '../../src/index.js';

/** Whether an Allow with one condition lets a request with one value of the key through. */
function holds(operator: string, policyValue: string, value: string, context: Record<string, string> = {}): boolean {
  const document = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['s3:GetObject'],
        Resource: ['*'],
        Condition: { [operator]: { 'x:key': [policyValue] } },
      },
    ],
  } as PolicyDocument;
  const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: { 'x:key': value, ...context } };
  return decide(document, request).decision === 'allowed';
}

type ValueRow = readonly [operator: string, policyValue: string, value: string, holds: boolean];

const rows: Readonly<Record<string, readonly ValueRow[]>> = {
  'numbers are integers and decimals, as JSON writes them too, and nothing else': [
    ['NumericEquals', '10', '10', true],
    ['NumericEquals', '10', '10.0', true],
    ['NumericEquals', '10', '10.', true],
    ['NumericEquals', '+10', '10', true],
    ['NumericEquals', '-10', '-10', true],
    ['NumericEquals', '-10', '10', false],
    ['NumericEquals', '.5', '0.5', true],
    ['NumericEquals', '.25', '0.25', true],
    ['NumericEquals', '12.25', '12.25', true],
    ['NumericEquals', '10', '1e1', true],
    ['NumericEquals', '10', '1e', false],
    ['NumericEquals', '10', '1e1.0', false],
    ['NumericEquals', '10', 'e1', false],
    ['NumericEquals', '10', '10x', false],
    ['NumericEquals', '10', 'x10', false],
    ['NumericEquals', '0', '', false],
    ['NumericEquals', '0', '.', false],
    ['NumericEquals', 'ten', 'ten', false],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThan', 'ten', '9', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericLessThanEquals', '10', '11', false],
    ['NumericGreaterThan', '10', '11', true],
    ['NumericGreaterThan', '10', '10', false],
    ['NumericGreaterThan', '10', 'x', false],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['NumericGreaterThanEquals', '10', '11', true],
    ['NumericGreaterThanEquals', '10', '9', false],
    ['NumericNotEquals', '10', 'ten', true],
  ],
  'dates are those of the W3C profile, or seconds since 1970': [
    ['DateEquals', '2026-11-25T12:00:00Z', '2026-11-25T12:00:00Z', true],
    ['DateEquals', '2026-11-25T12:00:00Z', '2026-11-25T13:00:00+01:00', true],
    ['DateEquals', '2026-11-25T12:00:00Z', '2026-11-25T13:00:00+0100', true],
    ['DateEquals', '2026-11-25T12:00:00Z', '2026-11-25T11:30:00-0030', true],
    ['DateEquals', '2026-11-25T12:00:00Z', '2026-11-25T12:00:00', true],
    ['DateEquals', '2026-11-25T12:00Z', '2026-11-25T12:00:00Z', true],
    ['DateEquals', '2026-11-25T12:00:00.500Z', '2026-11-25T12:00:00.5Z', true],
    ['DateEquals', '2026-11-25T12:00:00.500Z', '2026-11-25T12:00:00Z', false],
    ['DateLessThan', '2026-11-25T12:00:00.500Z', '2026-11-25T12:00:00.4Z', true],
    ['DateLessThan', '2026-11-25T12:00:00Z', '2026-11-25T12:00:00.4Z', false],
    ['DateEquals', '2026', '2026-01-01T00:00:00Z', true],
    ['DateEquals', '2026-11', '2026-11-01T00:00:00Z', true],
    ['DateEquals', '2026-11-25', '2026-11-25T00:00:00Z', true],
    ['DateEquals', '2024-02-29', '2024-02-29', true],
    ['DateEquals', '2026-02-28', '2026-02-28', true],
    ['DateEquals', '2026-03-01', '2026-02-29', false],
    ['DateEquals', '2026-12-31', '2026-12-31', true],
    ['DateEquals', '2026-13-01', '2026-13-01', false],
    ['DateEquals', '1764072000', '2025-11-25T12:00:00Z', true],
    ['DateEquals', '1764072000.25', '2025-11-25T12:00:00.25Z', true],
    ['DateEquals', '-86400', '1969-12-31T00:00:00Z', true],
    ['DateEquals', '1764072000x', '1764072000', false],
    ['DateEquals', 'x1764072000', '1764072000', false],
    ['DateEquals', '1764072000', '1764072000.', false],
    ['DateEquals', 'tomorrow', 'tomorrow', false],
    ['DateGreaterThan', '2026-11-25T12:00:00Z', '2026-11-25T12:00:01Z', true],
    ['DateGreaterThanEquals', '2026-11-25T12:00:00Z', '2026-11-25T12:00:00Z', true],
  ],
  'addresses lie in a range of their own kind': [
    ['IpAddress', '203.0.113.0/24', '203.0.113.255', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.0', false],
    ['IpAddress', '203.0.113.7', '203.0.113.7', true],
    ['IpAddress', '203.0.113.7', '203.0.113.8', false],
    ['IpAddress', '203.0.113.7/32', '203.0.113.7', true],
    ['IpAddress', '203.0.113.7/33', '203.0.113.7', false],
    ['IpAddress', '203.0.113.7/', '203.0.113.7', false],
    ['IpAddress', '203.0.113.7/x', '203.0.113.7', false],
    ['IpAddress', '203.0.113.7/32x', '203.0.113.7', false],
    ['IpAddress', '203.0.113.7/0032', '203.0.113.7', false],
    ['IpAddress', '203.0.113.7/24/24', '203.0.113.7', false],
    ['IpAddress', '0.0.0.0/0', '255.255.255.255', true],
    ['IpAddress', '0.0.0.0/0', '256.0.0.0', false],
    ['IpAddress', '0.0.0.0/0', '1.2.3', false],
    ['IpAddress', '0.0.0.0/0', '1.2.3.4.5', false],
    ['IpAddress', '0.0.0.0/0', '01.2.3.4', false],
    ['IpAddress', '0.0.0.0/0', '1.2.3.x', false],
    ['IpAddress', '0.0.0.0/0', '1.2.3.4x', false],
    ['IpAddress', '0.0.0.0/0', 'x1.2.3.4', false],
    ['IpAddress', '0.0.0.0/0', '::1', false],
    ['IpAddress', '::/0', '1.2.3.4', false],
    ['IpAddress', '::/0', '2001:db8::1', true],
    ['IpAddress', '2001:db8::/32', '2001:db8:ffff::1', true],
    ['IpAddress', '2001:db8::/32', '2001:db9::1', false],
    ['IpAddress', '2001:db8::/33', '2001:db8:8000::1', false],
    ['IpAddress', '2001:DB8::1', '2001:db8:0:0:0:0:0:1', true],
    ['IpAddress', '2001:db8:0:0:0:0:0:1', '2001:db8::1', true],
    ['IpAddress', '::ffff:192.0.2.1', '::ffff:c000:201', true],
    ['IpAddress', '::ffff:192.0.2.256', '::ffff:c000:201', false],
    ['IpAddress', '192.0.2.1::', '192.0.2.1::', false],
    ['IpAddress', '::192.0.2.1:1', '::192.0.2.1:1', false],
    ['IpAddress', '1::2::3', '1::2::3', false],
    ['IpAddress', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7', false],
    ['IpAddress', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8', true],
    ['IpAddress', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8:9', false],
    ['IpAddress', '1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', true],
    ['IpAddress', '1:2:3:4:5:6:7:8::', '1:2:3:4:5:6:7:8', false],
    ['IpAddress', '1:2:3::12345', '1:2:3::12345', false],
    ['IpAddress', '1:2:3::g', '1:2:3::g', false],
    ['IpAddress', '1:2:3::/129', '1:2:3::', false],
    ['NotIpAddress', '203.0.113.0/24', '203.0.114.1', true],
    ['NotIpAddress', 'nonsense', '203.0.114.1', true],
  ],
  'booleans are true and false, in any letter case': [
    ['Bool', 'true', 'TRUE', true],
    ['Bool', 'False', 'false', true],
    ['Bool', 'true', 'false', false],
    ['Bool', 'yes', 'yes', false],
    ['Bool', '1', '1', false],
    ['Bool', '${x:other}', 'true', false],
  ],
  'texts are compared whole, and only the Like operators know wildcards': [
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', 'a*', 'a*', true],
    ['StringEquals', 'A', 'a', false],
    ['StringEqualsIgnoreCase', 'A', 'a', true],
    ['StringEqualsIgnoreCase', 'A', 'b', false],
    ['StringLike', 'a*', 'ab', true],
    ['StringLike', 'a?', 'a', false],
    ['BinaryEquals', 'QUJD', 'QUJD', true],
    ['BinaryEquals', 'QUJD', 'qujd', false],
  ],
  'ARNs are matched part by part': [
    ['ArnLike', 'arn:aws:iam::*:role/x', 'arn:aws:iam::123456789012:role/x', true],
    ['ArnLike', 'arn:aws:iam::*:role/x', 'arn:aws:iam::1:2:role/x', false],
    ['ArnEquals', 'arn:aws:iam::1:role/*', 'arn:aws:iam::1:role/a:b/c', true],
    ['ArnLike', '*', 'no arn', true],
    ['ArnLike', '**', 'no arn', true],
    ['ArnLike', '*x', 'no arnx', false],
    ['ArnLike', 'arn:*', 'no arn', false],
    ['ArnLike', 'arn:aws:iam::1', 'arn:aws:iam::1', false],
    ['ArnNotLike', 'arn:aws:iam::1:role/x', 'arn:aws:iam::1:role/y', true],
  ],
};

describe.each(Object.entries(rows))('%s', (_title, list) => {
  test.each(list)('%s %j and %j: %s', (operator, policyValue, value, expected) => {
    expect(holds(operator, policyValue, value)).toBe(expected);
  });
});

test('a variable in a text, a boolean and an ARN is the value of its key, and wildcards in it are none', () => {
  expect(holds('StringEquals', 'home/${aws:username}', 'home/me', { 'aws:username': 'me' })).toBe(true);
  expect(holds('StringEquals', 'home/${aws:username}', 'home/you', { 'aws:username': 'me' })).toBe(false);
  expect(holds('StringEquals', 'home/${aws:username}', 'home/')).toBe(false);
  expect(holds('StringLike', '${aws:username}', 'anything', { 'aws:username': '*' })).toBe(false);
  expect(holds('Bool', '${x:other}', 'TRUE', { 'x:other': 'true' })).toBe(true);
  expect(holds('Bool', '${x:other}', 'yes', { 'x:other': 'yes' })).toBe(false);
  expect(holds('ArnLike', 'arn:aws:iam::${x:account}:role/*', 'arn:aws:iam::1:role/x', { 'x:account': '1' })).toBe(
    true,
  );
  expect(holds('ArnLike', 'arn:aws:iam::${x:account}:role/*', 'arn:aws:iam::2:role/x', { 'x:account': '1' })).toBe(
    false,
  );
  expect(holds('ArnLike', 'arn:aws:iam::${x:account}:role/*', 'arn:aws:iam::1:role/x')).toBe(false);
});

describe('resources', () => {
  const context = { 'aws:username': 'me' };
  const allows = (pattern: string, resource: string, Version = '2012-10-17') =>
    decide({ Version, Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: pattern }] } as never, {
      action: 's3:GetObject',
      resource,
      context,
    }).decision === 'allowed';

  test.each([
    ['arn:aws:s3:::b/${aws:username}', 'arn:aws:s3:::b/me', true],
    ['arn:aws:s3:::b/${aws:username}', 'arn:aws:s3:::b/you', false],
    ['arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/me/x', true],
    ['arn:aws:s3::${aws:username}:b', 'arn:aws:s3::me:b', false],
    ['arn:aws:s3::${aws:username}:${aws:username}', 'arn:aws:s3::me:me', false],
    ['arn:aws:s3:::b/a:*', 'arn:aws:s3:::b/a:b:c', true],
    ['arn:aws:s3:::b/a:b', 'arn:aws:s3:::b/a:b', true],
    ['arn:aws:s3:::b/a?b', 'arn:aws:s3:::b/axb', true],
    ['arn:aws:s3:::b', 'arn:aws:s3:::b', true],
    ['arn:aws:s3:::b', 'arn:aws:s3:::c', false],
    ['arn:aws:s3', 'arn:aws:s3:::b', true],
    ['arn:aws:sq', 'arn:aws:s3:::b', false],
    ['arn:aws:*:b', 'arn:aws:s3:x:b:c', false],
    ['**', '*', true],
    ['*b', 'arn:aws:s3:::b', true],
    ['*b', '*', false],
    ['b', 'b', true],
    ['b', 'c', false],
  ])('%s and %s: %s', (pattern, resource, expected) => {
    expect(allows(pattern, resource)).toBe(expected);
  });

  test('know no variables in documents of 2008', () => {
    expect(allows('arn:aws:s3:::b/${aws:username}', 'arn:aws:s3:::b/me', '2008-10-17')).toBe(false);
    expect(allows('arn:aws:s3:::b/${aws:username}', 'arn:aws:s3:::b/${aws:username}', '2008-10-17')).toBe(true);
  });
});
