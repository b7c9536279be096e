import { describe, expect, test } from 'vitest';
import {
  any,
  arn,
  build,
  compare,
  defineUseCase,
  given,
  infer,
  is,
  list,
  matchTemplate,
  oneOf,
  place,
  reference,
  scope,
  single,
  template,
  text,
  toggle,
  unscoped,
  when,
  type ResourceForm,
  type TextForm,
} from '../../../src/index.js';
import { itself } from '../../../src/use-case/template.js';

const plain = { pattern: '^[a-z/.]+$', wildcardPattern: '^[a-z/.*?]+$', says: 'letters', shortest: 1, longest: 50 };
const bucket: ResourceForm = {
  ...plain,
  title: 'bucket',
  example: 'b',
  pattern: '^[a-z]+$',
  arn: { service: 's3', regional: false, account: false, resource: [itself] },
};
const key: TextForm = { ...plain, title: 'key', example: 'k', refuse: [{ pattern: '[.]lock$', say: 'is a lock' }] };
const role: ResourceForm = {
  ...plain,
  title: 'role',
  example: 'r',
  arn: { service: 'iam', regional: false, account: true, resource: ['role/', itself] },
};

/** Made up, so that nothing here hangs on the catalog. */
const sync = defineUseCase({
  id: 'sync-files',
  title: 'Sync',
  summary: 'Syncs.',
  excludes: 'Nothing.',
  options: {
    bucket: single(bucket, 'The bucket.', { required: true }),
    folders: list(key, 'Folders.', { scoped: true }),
    files: list(key, 'Files.', { scoped: true }),
    mode: oneOf(['read', 'write', 'sync'], 'What it does.', { default: 'read' }),
    tagged: toggle('With tags.'),
    roles: list(role, 'Roles.', { elsewhere: true, anchors: [] }),
    scope,
    ...place,
  },
  statements: [
    {
      sid: 'Files',
      actions: {
        's3:GetObject': 'read',
        's3:PutObject': when(is('mode', 'write', 'sync'), 'write'),
        's3:DeleteObject': when(is('mode', 'sync'), 'delete'),
        's3:PutObjectTagging': when(is('tagged', true), 'tag'),
      },
      resources: [template`${arn('bucket')}/${text('folders')}/${text('files')}`],
      evidence: [reference('s3')],
    },
    {
      sid: 'Buckets',
      actions: { 's3:ListAllMyBuckets': 'list' },
      resources: unscoped('none'),
      evidence: [reference('s3')],
    },
    { sid: 'Roles', actions: { 'sts:AssumeRole': 'assume' }, resources: [arn('roles')], evidence: [reference('sts')] },
  ],
});

/** A fence whose items are not those of the resource. */
const fencedSync = defineUseCase({
  ...sync,
  id: 'fenced-sync',
  statements: [
    {
      sid: 'Items',
      actions: { 'dynamodb:BatchGetItem': 'read' },
      resources: [template`arn:aws:dynamodb:::table/${text('files')}`],
      conditions: [
        { operator: 'ForAllValues:StringEquals', key: 'dynamodb:LeadingKeys', values: [text('files')], reason: 'own' },
      ],
      evidence: [reference('dynamodb')],
    },
  ],
});

const on = (resource: string, ...actions: string[]) => actions.map((action) => ({ action, resource }));

/** One way that brings many requests, and allows more than the ways that bring them one by one. */
const states = defineUseCase({
  id: 'move-states',
  title: 'Move',
  summary: 'Moves.',
  excludes: 'Nothing.',
  options: {
    bucket: single(bucket, 'The bucket.', { required: true }),
    keys: list(key, 'States.', { required: true, scoped: true }),
    deletes: toggle('States are deleted.'),
    moved: list(key, 'Where states are moved to.'),
    read: list(key, 'Other states that are read.'),
    scope,
    ...place,
  },
  statements: [
    {
      sid: 'Locks',
      actions: { 's3:PutObject': 'take', 's3:DeleteObject': 'release' },
      resources: [template`${arn('bucket')}/${text('keys')}.lock`],
      evidence: [reference('s3')],
    },
    {
      sid: 'Remove',
      when: any(is('deletes', true), given('moved')),
      actions: { 's3:GetObject': 'read', 's3:DeleteObject': 'delete' },
      resources: [template`${arn('bucket')}/${text('keys')}`],
      evidence: [reference('s3')],
    },
    {
      sid: 'Moved',
      actions: { 's3:GetObject': 'see', 's3:PutObject': 'write' },
      resources: [template`${arn('bucket')}/${text('moved')}`],
      evidence: [reference('s3')],
    },
    {
      sid: 'Read',
      actions: { 's3:GetObject': 'read' },
      resources: [template`${arn('bucket')}/${text('read')}`],
      evidence: [reference('s3')],
    },
  ],
});

/** A text that may be taken apart in several ways: what is wider in one is the name of a space in another. */
const spaces = defineUseCase({
  ...sync,
  id: 'keep-spaces',
  options: {
    bucket: single(bucket, 'The bucket.', { required: true }),
    keys: list(key, 'States.', { required: true, scoped: true }),
    spaces: list(
      { ...plain, pattern: '^[a-z]+$', wildcardPattern: '^[a-z*?]+$', title: 'space', example: 's' },
      'Spaces.',
      {
        scoped: true,
      },
    ),
    prefix: single({ ...key, pattern: '^[a-z/.:]+$' }, 'What is before them.', { default: 'env:' }),
    deletes: toggle('States are deleted.'),
    scope,
    ...place,
  },
  statements: [
    {
      sid: 'States',
      actions: { 's3:GetObject': 'read', 's3:DeleteObject': when(is('deletes', true), 'delete') },
      resources: [template`${arn('bucket')}/${text('prefix')}/${text('spaces')}/${text('keys')}`],
      evidence: [reference('s3')],
    },
  ],
});

describe('infer', () => {
  const object = (action: string, name: string) => ({ action: `s3:${action}`, resource: `arn:aws:s3:::b/${name}` });
  const locks = (name: string) => [object('PutObject', `${name}.lock`), object('DeleteObject', `${name}.lock`)];

  const isBoth = (names: readonly string[]) => [...names].sort().join() === 'r/a,r/b';

  test('prefers ways that bring requests one by one to a wider one that brings all at once', () => {
    const removed = ['GetObject', 'DeleteObject'].flatMap((action) => [object(action, 'k/a'), object(action, 'k/b')]);
    const requests = [
      ...locks('k/a'),
      ...locks('k/b'),
      ...removed,
      object('GetObject', 'r/a'),
      object('GetObject', 'r/b'),
    ];
    const { options, allowed } = infer(states, requests);
    expect(options).toMatchObject({ deletes: true, read: expect.toSatisfy(isBoth) as unknown });
    expect(options).not.toHaveProperty('moved');
    expect(allowed).toHaveLength(requests.length);
  });

  test('reads no pattern for everything from requests for two names', () => {
    const { options } = infer(states, [...locks('*'), object('GetObject', 'r/a'), object('GetObject', 'r/b')]);
    expect(options).toMatchObject({ scope: 'account', read: expect.toSatisfy(isBoth) as unknown });
    expect(options).not.toHaveProperty('deletes');
    expect(options).not.toHaveProperty('moved');
  });

  test('turns as little as the requests ask for', () => {
    const { options, document, allowed, untold } = infer(sync, [
      ...on('arn:aws:s3:::acme/a/b', 's3:GetObject', 's3:PutObject'),
      ...on('*', 's3:ListAllMyBuckets'),
    ]);
    expect(options).toEqual({ bucket: 'acme', folders: ['a'], files: ['b'], mode: 'write', partition: 'aws' });
    expect(document?.Statement.map(({ Sid }) => Sid)).toEqual(['Files', 'Buckets']);
    expect(allowed).toHaveLength(3);
    expect(untold).toEqual([]);
  });

  test('reads a name that may be split in several ways so that the policy stays smallest', () => {
    const requests = [
      ...on('arn:aws:s3:::acme/a/b/c', 's3:GetObject'),
      ...on('arn:aws:s3:::acme/a/b/d', 's3:GetObject'),
    ];
    const { document } = infer(sync, requests);
    expect(document?.Statement[0]?.Resource).toEqual(requests.map(({ resource }) => resource));
  });

  test.each([
    ['another service', on('*', 'ec2:RunInstances'), 'no statement of the entry has this action'],
    ['another form', on('arn:aws:sqs:eu-west-1:123456789012:q', 's3:GetObject'), 'for resources of another form only'],
    ['a refused name', on('arn:aws:s3:::acme/a/b.lock', 's3:GetObject'), 'for resources of another form only'],
  ])('says of %s why it is not covered', (_, requests, message) => {
    const { untold, allowed } = infer(sync, requests);
    expect(allowed).toEqual([]);
    expect(untold.find(({ request }) => request === requests[0])?.message).toContain(message);
  });

  test('says where two requests disagree, and which option no request tells', () => {
    const requests = [
      ...on('arn:aws:s3:::one/a/b', 's3:GetObject', 's3:PutObject'),
      ...on('arn:aws:s3:::two/a/b', 's3:GetObject'),
    ];
    const { untold, options } = infer(sync, requests);
    expect(options['bucket']).toBe('one');
    expect(untold).toEqual([{ request: requests[2], message: '`bucket` would be `two`, and elsewhere it is `one`' }]);
    expect(infer(sync, on('*', 's3:ListAllMyBuckets')).untold).toContainEqual({
      option: 'bucket',
      message: 'missing: for example `bucket: b`',
    });
  });

  test('reads several items of one list from one request', () => {
    const context = { 'dynamodb:LeadingKeys': ['b', 'c'] };
    const request = { action: 'dynamodb:BatchGetItem', resource: 'arn:aws:dynamodb:::table/a', context };
    const { options, untold } = infer(fencedSync, [request]);
    expect(options['files']).toEqual(['a', 'b', 'c']);
    expect(untold.filter((one) => one.request !== undefined)).toEqual([]);
  });

  test('keeps the place that is known, and says what is elsewhere', () => {
    const requests = on('arn:aws-cn:s3:::acme/a/b', 's3:GetObject');
    const { options, untold } = infer(sync, requests, { place: { region: 'eu-west-1' } });
    expect(options['region']).toBe('eu-west-1');
    expect(untold.map(({ message }) => message)).toContain('`partition` would be `aws-cn`, and elsewhere it is `aws`');
  });

  test('gives the ARN of what may be in another account, and the name of what is in this one', () => {
    const requests = [
      ...on('arn:aws:s3:::acme/a/b', 's3:GetObject'),
      ...on('arn:aws:iam::123456789012:role/here', 'sts:AssumeRole'),
      ...on('arn:aws:iam::999999999999:role/there', 'sts:AssumeRole'),
    ];
    const { options, allowed } = infer(sync, requests, { place: { account: '123456789012' } });
    expect(options['roles']).toEqual(['here', 'arn:aws:iam::999999999999:role/there']);
    expect(allowed).toHaveLength(3);
  });

  test('takes names with wildcards for a wider scope', () => {
    const { options } = infer(sync, on('arn:aws:s3:::acme/a/x*', 's3:GetObject'));
    expect(options).toMatchObject({ scope: 'pattern', folders: ['a'], files: ['x*'] });
    const { options: all } = infer(sync, on('arn:aws:s3:::acme/*/*', 's3:GetObject'));
    expect(all).toEqual({ bucket: 'acme', scope: 'account', partition: 'aws' });
  });

  test('takes no wider pattern for several narrow ones', () => {
    const requests = ['a/b/one/*/x', 'a/b/two/*/x', 'a/b/three/*/x'].flatMap((name) =>
      on(`arn:aws:s3:::acme/${name}`, 's3:GetObject'),
    );
    const { document } = infer(sync, requests);
    expect(document?.Statement[0]?.Resource).toEqual(requests.map(({ resource }) => resource));
  });

  test.each([
    { keys: ['*/x', 'a/b/c'], spaces: ['x'], deletes: true },
    { keys: ['app/a/x', 'state'], spaces: ['*'], prefix: 'a' },
    { keys: ['o?e/b', 'x/state', 'a?app/state', '*/x'], spaces: ['x'], prefix: 'a' },
    { keys: ['x/state', '*'], spaces: ['app'], prefix: 'own', deletes: true },
    { keys: ['app/a/x', 'a/b/c'], spaces: ['*', 'staging', 'a'], deletes: true },
    { keys: ['two/b', 'a/a/a'], spaces: ['x', 'staging', '*'] },
  ])('takes no product of names that is more than the patterns of %j', (options) => {
    const original = build(spaces, {
      bucket: 'b',
      scope: 'pattern',
      region: 'eu-west-1',
      account: '123456789012',
      ...options,
    });
    const requests = original.Statement.flatMap(({ Action = [], Resource = [] }) =>
      Resource.flatMap((resource) => Action.map((action) => ({ action, resource }))),
    );
    const { document, allowed } = infer(spaces, requests);
    expect(allowed).toHaveLength(requests.length);
    expect(document && compare(original, document).relation).toMatch(/^(?:equal|narrower)$/);
  });

  test('says where the search ended early', () => {
    const requests = on('arn:aws:s3:::acme/a/b', 's3:GetObject', 's3:PutObject');
    const { untold } = infer(sync, requests, { budget: 1 });
    expect(untold.map(({ message }) => message).join()).toContain('the search ended at its limit');
  });

  test('stays bounded on thousands of requests', () => {
    const names = Array.from({ length: 3000 }, (_, index) =>
      [...index.toString(26)].map((one) => String.fromCharCode(97 + parseInt(one, 26))).join(''),
    );
    const requests = names.flatMap((name) => on(`arn:aws:s3:::acme/a/${name}`, 's3:GetObject', 's3:PutObject'));
    const started = performance.now();
    const { allowed, options } = infer(sync, requests);
    expect(allowed).toHaveLength(6000);
    expect(options['files']).toHaveLength(3000);
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  test('stays bounded on long and hostile resources', () => {
    const long = `arn:aws:s3:::acme/${'a/'.repeat(20_000)}`;
    const requests = [long, `arn:aws:s3:::acme/${'a/'.repeat(24)}b`, '__proto__', 'arn:', ''].flatMap((resource) =>
      on(resource, 's3:GetObject', '__proto__'),
    );
    expect(infer(sync, requests).untold.length).toBeGreaterThan(0);
  });
});

describe('matchTemplate', () => {
  const lock = template`${arn('bucket')}/${text('files')}.lock`;

  test('gives every name, and how much the template itself says', () => {
    expect(matchTemplate(sync.options, lock, 'arn:aws:s3:::acme/x.lock')).toEqual([
      {
        values: { partition: 'aws', bucket: 'acme', files: 'x' },
        arns: { bucket: 'arn:aws:s3:::acme' },
        fixed: 'arn:aws:s3:::/.lock'.length,
      },
    ]);
    expect(matchTemplate(sync.options, lock, 'arn:aws:s3:::acme/x.lock.old')).toEqual([]);
  });

  test('takes hidden names, and the end of an ARN alone', () => {
    expect(matchTemplate(sync.options, lock, 'arn:aws:s3:::***/x.lock', { hidden: true })[0]?.values).toEqual({
      bucket: '***',
      files: 'x',
    });
    expect(matchTemplate(sync.options, arn('roles'), 'role/x')[0]?.values).toEqual({ roles: 'x' });
  });
});
