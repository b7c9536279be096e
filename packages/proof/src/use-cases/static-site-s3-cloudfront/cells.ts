import type { ProofPlan } from '../../scenario.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const base = { ...place, buckets: ['my-site'], prefixes: ['www'] };
const whole = { ...place, buckets: ['my-site'], wholeBucket: true };
const keys = { kmsKeys: ['1234abcd-12ab-34cd-96ef-1234567890ab'] };
const cache = { distributions: ['E1A2B3C4D5E6F7'] };
/** What version 1 of the AWS CLI does too. */
const both = ['aws-cli', 'aws-cli 1'];

/** Each switch by itself, with the command that needs it; then what goes together. */
export const cells: ProofPlan['cells'] = (
  [
    { name: 'sync', only: both, options: base },
    { name: 'cp', options: { ...base, command: 'cp' } },
    { name: 'sync deleteRemoved', only: both, options: { ...base, deleteRemoved: true } },
    { name: 'cp deleteRemoved', options: { ...base, command: 'cp', deleteRemoved: true } },
    { name: 'sync readBack', options: { ...base, readBack: true } },
    { name: 'acl private', options: { ...base, command: 'cp', acl: 'private' } },
    { name: 'acl public-read', options: { ...base, command: 'cp', acl: 'public-read' } },
    { name: 'tags', options: { ...base, command: 'cp', objectTags: true } },
    { name: 'tags readBack', options: { ...base, objectTags: true, readBack: true } },
    { name: 'large', options: { ...base, command: 'cp', largeObjects: true } },
    {
      name: 'large readBack',
      only: both,
      options: { ...base, command: 'cp', acl: 'public-read', readBack: true, largeObjects: true },
    },
    { name: 'key', only: ['aws-cli', 'bucket key'], options: { ...base, ...keys } },
    { name: 'key large', options: { ...base, ...keys, command: 'cp', largeObjects: true } },
    { name: 'key readBack', options: { ...base, ...keys, command: 'cp', readBack: true } },
    { name: 'owner', options: { ...base, resourceAccount: '123456789012', acl: 'public-read' } },
    { name: 'whole', options: { ...whole, deleteRemoved: true } },
    { name: 'whole acl', options: { ...whole, acl: 'private', resourceAccount: '123456789012' } },
    { name: 'whole key', only: ['aws-cli', 'bucket key'], options: { ...whole, ...keys, command: 'cp' } },
    {
      name: 'two of each',
      only: ['aws-cli', 'bucket key'],
      options: {
        ...base,
        ...keys,
        buckets: ['my-site', 'my-preview'],
        prefixes: ['www', 'docs'],
        deleteRemoved: true,
        acl: 'private',
        distributions: ['E1A2B3C4D5E6F7', 'E7F6D5C4B3A2E1'],
      },
    },
    { name: 'cache', options: { ...base, ...cache } },
    { name: 'cache wait', only: both, options: { ...base, ...cache, waitForInvalidation: true } },
    { name: 'cache find', options: { ...base, ...cache, findDistribution: true } },
    {
      name: 'another partition',
      only: ['aws-cli', 'bucket key'],
      options: { ...base, ...cache, ...keys, region: 'cn-north-1', deleteRemoved: true, waitForInvalidation: true },
    },
  ] satisfies ProofPlan['cells']
).map((cell) => ({ only: ['aws-cli'], ...cell }));
