import { rules, services } from '@postern/sandbox';
import { knownRules } from '@postern/why';
import { expect, test } from 'vitest';

const at = { account: '123456789012', region: 'eu-west-1' };
const operations = services
  .filter(({ name }) => name !== 'registry')
  .flatMap((service) => Object.keys(service.rules).map((operation) => ({ service, operation })));

/** The members of a request that are lists of texts. */
function listsOf({ model }: (typeof services)[number], operation: string): string[] {
  const shape = model?.shapes[model.operations[operation]?.input ?? ''] ?? {};
  return Object.entries(shape).flatMap(([name, member]) => {
    const type = typeof member === 'string' ? member : member.type;
    return typeof type === 'object' && 'list' in type && type.list === 'text' ? [name] : [];
  });
}

/** The members of a request that are texts, as the model of the service has them. */
function textsOf({ model }: (typeof services)[number], operation: string): string[] {
  const shape = model?.shapes[model.operations[operation]?.input ?? ''] ?? {};
  return Object.entries(shape).flatMap(([name, member]) =>
    name !== '@' && (typeof member === 'string' ? member : member.type) === 'text' ? [name] : [],
  );
}

test('each operation of the sandbox is known without it, with the same actions', () => {
  expect(operations.length).toBeGreaterThan(200);
  const actionsOf = (known: typeof knownRules, service: string, operation: string) =>
    known.listChecks(service, operation).map(({ action }) => action)[0];
  const others = operations.filter(({ service: { name }, operation }) => {
    const without = actionsOf(rules, name, operation);
    return without !== undefined && without !== actionsOf(knownRules, name, operation);
  });
  expect(others.map(({ service: { name }, operation }) => `${name}:${operation}`)).toEqual([]);
  for (const { operation } of operations)
    expect([...knownRules.servicesWith(operation)].sort()).toEqual([...rules.servicesWith(operation)].sort());
});

test('what requests name is in the resource as the sandbox has it, or the resource is not known', () => {
  const values = ['team/app', '/app/db', 'app:1', 'arn:aws:iam::123456789012:role/app', '{x}', '$&', '__proto__'];
  let named = 0;
  for (const { service, operation } of operations) {
    const names = textsOf(service, operation);
    const resourceOf = (known: typeof knownRules, input: object) =>
      known.listChecks(service.name, operation, { ...input }, at)[0]?.resource;
    const label = `${service.name}:${operation}`;
    const whole = Object.fromEntries(names.map((name) => [name, 'app']));
    const plain = resourceOf(rules, whole);
    if (plain === undefined) continue;
    // A part that is empty is one that the request does not say as a text.
    if (!/undefined|[/:]$|\/[/:]|:-/.test(plain)) expect(resourceOf(knownRules, whole), label).toBe(plain);
    if (names.length > 0 && plain.includes('app')) named += 1;
    const inputs = values.flatMap((value) => [
      Object.fromEntries(names.map((name) => [name, value])),
      ...names.flatMap((name) => [{ [name]: value }, { ...whole, [name]: value }]),
    ]);
    const lists = listsOf(service, operation).flatMap((name) =>
      [['app'], ['app', 'b'], [], ['team/app']].map((list) => ({ ...whole, [name]: list })),
    );
    for (const input of [...inputs, ...lists, ...names.map((name) => ({ ...whole, [name]: plain }))]) {
      const [there, here] = [resourceOf(rules, input), resourceOf(knownRules, input)];
      if (there !== undefined && here !== there)
        expect(here, `${label} ${JSON.stringify(input)}: ${there}`).toContain('undefined');
    }
  }
  expect(named).toBeGreaterThan(100);
});

const hosts = {
  registry: ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', ''],
  s3: [
    ...[
      'acme.s3.eu-west-1.amazonaws.com',
      's3.amazonaws.com',
      'acme.s3-us-west-2.amazonaws.com',
      'a.b.s3.amazonaws.com',
    ],
    ...[
      'acme.s3-accesspoint.eu-west-1.amazonaws.com',
      'acme--x-s3.s3.amazonaws.com',
      'acme.s3.cn-north-1.amazonaws.com.cn',
    ],
  ],
};
const paths = {
  registry: [
    'manifests/1',
    'manifests/sha256:abc',
    'blobs/sha256:abc',
    'blobs/uploads/',
    'blobs/uploads',
    'blobs/uploads/u-1',
  ]
    .concat(['tags/list', 'tags/other', 'x/y', ''])
    .flatMap((rest) => [`/v2/team/app/${rest}`, `/v2/app/${rest}`])
    .concat('/v2/', '/'),
  s3: [
    '',
    '/',
    '/acme',
    '/acme/',
    '/acme/a/key',
    '/acme/a%20key',
    '/acme/%zz',
    '//acme//a',
    '/v20180820/x',
    '/-/x',
    '/a b/c',
  ],
};
const questions = {
  registry: ['', 'mount=sha256:abc&from=other', 'digest=sha256:abc'],
  s3: [
    '',
    'versionId=1',
    'list-type=2&prefix=a',
    'list-type=1',
    'uploads',
    'uploadId=1',
    'partNumber=1&uploadId=1',
    'acl',
  ]
    .concat([
      'tagging',
      'policy',
      'encryption',
      'odd=1',
      'versions&prefix=a',
      'x-id=GetObject',
      'delete',
      'prefix=a&delimiter=%2F',
    ])
    .concat(
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Date=b&X-Amz-Expires=1&X-Amz-SignedHeaders=host&X-Amz-Signature=c',
    ),
};

test.each(['registry', 's3'] as const)('a request of %s is the operation that the sandbox takes it for', (service) => {
  let known = 0;
  for (const method of ['HEAD', 'GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'])
    for (const host of hosts[service])
      for (const path of paths[service])
        for (const question of questions[service]) {
          const line = { method, host, path, question };
          const read = (from: typeof knownRules) => {
            const { operation, checks: [check] = [] } = from.readRequest(service, line, at) ?? {};
            return check === undefined ? undefined : { operation, action: check.action, resource: check.resource };
          };
          if (read(rules) !== undefined) known += 1;
          expect(read(knownRules), JSON.stringify(line)).toEqual(read(rules));
        }
  expect(known).toBeGreaterThan(100);
});

test('reads hosts and addresses that are made to be slow in no time', () => {
  const started = performance.now();
  const hostile = [`a.s3${'-a'.repeat(50_000)}!`, `a${'.s3'.repeat(50_000)}!`, 'a'.repeat(500_000)];
  for (const host of hostile)
    for (const path of ['/', '/a'.repeat(100_000), `/v2${'/a/manifests'.repeat(20_000)}`])
      for (const service of ['s3', 'registry'])
        expect(() =>
          knownRules.readRequest(service, { method: 'GET', host, path, question: '&a='.repeat(9) }),
        ).not.toThrow();
  for (const name of ['__proto__', 'constructor', 'toString', ''])
    expect([knownRules.listChecks(name, name), knownRules.servicesWith(name)]).toEqual([[], []]);
  expect(knownRules.listChecks('s3', '__proto__')).toEqual([]);
  expect(performance.now() - started).toBeLessThan(10_000);
});
