import { expect, test } from 'vitest';
import { ec2Protocol } from '../src/protocols/ec2.js';
import type { ServiceModel } from '../src/protocols/model.js';
import type { HttpRequest } from '../src/server/call.js';

/** As a client of the AWS SDK would describe it: no service of this protocol is served yet. */
const model: ServiceModel = {
  protocol: 'ec2',
  id: 'EC2',
  signing: 'ec2',
  endpoint: 'ec2',
  version: '2016-11-15',
  target: 'AmazonEC2',
  namespace: 'http://ec2.amazonaws.com/doc/2016-11-15',
  operations: { DescribeImages: { input: 'Request', output: 'Result' } },
  shapes: {
    Request: {
      ImageIds: { type: { list: 'text', item: 'ImageId' }, name: 'ImageId' },
      Filters: { type: { list: { is: 'Filter' }, item: 'Filter' }, name: 'Filter' },
      DryRun: { type: 'flag', name: 'dryRun' },
    },
    Filter: { Name: 'text', Values: { type: { list: 'text', item: 'item' }, name: 'Value' } },
    Result: { Images: { type: { list: { is: 'Image' }, item: 'item' }, name: 'imagesSet' } },
    Image: { ImageId: { type: 'text', name: 'imageId' }, CreationDate: { type: 'time', name: 'creationDate' } },
  },
};

const input = { ImageIds: ['ami-1', 'ami-2'], Filters: [{ Name: 'tag:a', Values: ['b', 'c'] }], DryRun: true };

const form = (body: string): HttpRequest => ({
  method: 'POST',
  host: '',
  path: '/',
  query: new URLSearchParams(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: Buffer.from(body),
});

test('fields begin with a capital, and items of a list are numbered behind its name', () => {
  const http = form(
    'Action=DescribeImages&Version=2016-11-15&ImageId.1=ami-1&ImageId.2=ami-2&Filter.1.Name=tag%3Aa&Filter.1.Value.1=b&Filter.1.Value.2=c&DryRun=true',
  );
  expect(ec2Protocol.name(model, http)).toBe('DescribeImages');
  expect(ec2Protocol.read(model, 'DescribeImages', http)).toMatchObject({ input, odd: undefined });
  expect(ec2Protocol.read(model, 'DescribeImages', form('Action=DescribeImages&Tomorrow.1=a')).odd).toBe('Tomorrow');
});

test('what a replay writes is read, and so is the answer', () => {
  const { body } = ec2Protocol.write(model, 'DescribeImages', input);
  expect(String(body)).toContain('Filter.1.Value.2=c');
  expect(ec2Protocol.read(model, 'DescribeImages', form(String(body))).input).toEqual(input);
  const output = { Images: [{ ImageId: 'ami-1', CreationDate: new Date('2026-01-01T00:00:00Z') }] };
  const reply = ec2Protocol.reply(model, 'DescribeImages', output);
  expect(reply.body).toContain('<imagesSet><item><imageId>ami-1</imageId>');
  const received = { status: reply.status, headers: reply.headers ?? {}, body: Buffer.from(reply.body ?? '') };
  expect(ec2Protocol.answer(model, 'DescribeImages', received)).toEqual({ output });
});

test('an error is read by its code', () => {
  const failure = { status: 403, code: 'UnauthorizedOperation', message: 'You are not authorized.' };
  const reply = ec2Protocol.fail(failure, form(''));
  const received = { status: reply.status, headers: reply.headers ?? {}, body: Buffer.from(reply.body ?? '') };
  expect(ec2Protocol.answer(model, 'DescribeImages', received)).toEqual(failure);
});
