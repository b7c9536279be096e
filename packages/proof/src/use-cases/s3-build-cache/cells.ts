import type { ProofPlan } from '../../scenario.js';

const kmsKey = '1234abcd-12ab-34cd-96ef-1234567890ab';
const base = { bucket: 'build-cache', prefixes: ['cache/main'], account: '123456789012', region: 'eu-west-1' };
const whole = { bucket: 'build-cache', wholeBucket: true, account: base.account, region: base.region };
const clients = ['aws-cli', 'sccache', 'turborepo', 'nx', 'gradle', 'buildkit', 'runs-on'] as const;
const accesses = ['read', 'read-write'] as const;

/** Every client reads and writes; what the switches bring is shown by the AWS CLI, and parts by who uploads in parts. */
export const cells: ProofPlan['cells'] = [
  ...clients.flatMap((client) =>
    accesses.map((access) => ({ name: `${client} ${access}`, options: { ...base, client, access } })),
  ),
  ...accesses.map((access) => ({ name: `sync ${access}`, options: { ...base, access, sync: true } })),
  ...(['aws-cli', 'turborepo', 'buildkit', 'runs-on'] as const).map((client) => ({
    name: `${client} large`,
    options: { ...base, client, access: 'read-write', largeObjects: true },
  })),
  { name: 'large read', options: { ...base, largeObjects: true } },
  ...accesses.map((access) => ({ name: `key ${access}`, options: { ...base, access, kmsKey } })),
  { name: 'key large', options: { ...base, access: 'read-write', largeObjects: true, kmsKey } },
  { name: 'whole nx', options: { ...whole, client: 'nx', access: 'read-write' } },
  { name: 'whole sync', options: { ...whole, sync: true, kmsKey } },
  { name: 'whole runs-on', options: { ...whole, client: 'runs-on' } },
  {
    name: 'two prefixes',
    options: { ...base, prefixes: ['cache/main', 'cache/tools'], access: 'read-write', sync: true },
  },
  { name: 'another partition', options: { ...base, region: 'cn-north-1', access: 'read-write' } },
];
