import { expect, test } from 'vitest';
import { rules, services } from '@postern/sandbox';
import { knownRules, readDenials } from '@postern/why';
import { denialTexts, otherTexts } from './denial-texts.js';
import { identityTexts } from './identity-texts.js';

test.each([...denialTexts, ...identityTexts])('reads $title ($seen)', ({ text, denials }) => {
  expect(readDenials(text, rules)).toEqual(denials.map((denial) => expect.objectContaining(denial) as unknown));
});

test.each(otherTexts)('reads no refusal in: %s', (text) => {
  expect(readDenials(text, rules)).toEqual([]);
});

test.each([...denialTexts, ...identityTexts].map(({ text, title, seen }) => ({ text, title, seen })))(
  'the site, which has no sandbox, reads what the command reads: $title ($seen)',
  ({ text }) => {
    expect(readDenials(text, knownRules)).toEqual(readDenials(text, rules));
  },
);

test('an event whose parameters name nothing says no resource, whatever the operation', () => {
  const events = services.flatMap((service) =>
    Object.keys(service.rules).map((eventName) => ({
      eventSource: `${service.name}.amazonaws.com`,
      eventName,
      errorCode: 'AccessDenied',
      awsRegion: 'eu-west-1',
      recipientAccountId: '123456789012',
      requestParameters: { unrelated: 'x' },
    })),
  );
  const read = [rules, knownRules].flatMap((from) => readDenials(JSON.stringify({ Records: events }), from));
  expect(read.length).toBeGreaterThan(200);
  expect(read.filter(({ resource }) => resource !== undefined && resource !== '*')).toEqual([]);
});

test('ends soon on texts made to be slow', () => {
  const pieces = [
    'is not authorized to perform: ',
    'not authorized to perform: s3:GetObject on resource: "',
    'User: ',
    '"eventName" {',
    '{"eventName":',
    '{\n',
    '(Service: A; Status Code: 403; Error Code: ',
    'Error executing "A" on "b" ',
    'operation error S3: A, ',
    'AccessDenied: Access Denied at ',
    'HEAD https://1.dkr.ecr.a.amazonaws.com/v2/a/manifests/b',
    'The push refers to repository [1.dkr.ecr.a.amazonaws.com/a] ',
    'request.method=HEAD ',
    '(403) when calling the HeadObject operation s3://a/',
    '[',
    '│ ',
    '\\',
    ' because no a a',
    'No OpenIDConnect provider found in your account for ',
    'Token expired: ',
    'Credentials could not be loaded, ',
    "Couldn't retrieve verification ",
  ];
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(300_000 / piece.length));
    const started = performance.now();
    readDenials(text, rules);
    expect(performance.now() - started, piece).toBeLessThan(5000);
  }
}, 120_000);

test('nothing of a text becomes a property of all objects', () => {
  const event =
    '{"eventSource":"s3.amazonaws.com","eventName":"GetObject","errorCode":"AccessDenied","requestParameters":{"__proto__":{"polluted":1},"bucketName":"b","key":"k"}}';
  expect(readDenials(event, rules)).toHaveLength(1);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
