import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { spaceliftTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const spaceId = 'production-01JABCDE0000000000000000F1';
const edge = { accountName: 'acme', spaceId, stacks: ['edge'], runScope: 'write', ...place } as const;
const tracked = `space:${spaceId}:stack:edge:run_type:TRACKED:scope:write`;

/** Every claim that Spacelift documents. */
const run = {
  iss: 'https://acme.app.spacelift.io',
  aud: 'acme.app.spacelift.io',
  sub: tracked,
  jti: '01JRUN',
  spaceId,
  callerType: 'stack',
  callerId: 'edge',
  runType: 'TRACKED',
  runId: '01JRUN',
  scope: 'write',
  iat: 1_793_000_000,
  nbf: 1_793_000_000,
  exp: 1_793_003_600,
};

export const samples = defineTokens(spaceliftTrust, [
  {
    name: 'default',
    options: edge,
    token: run,
    honest: [{ why: 'a tracked run that applies' }],
    hostile: [
      { change: { sub: tracked.replace('scope:write', 'scope:read') }, why: 'the same run while it plans' },
      { change: { sub: tracked.replace('TRACKED:scope:write', 'PROPOSED:scope:read') }, why: 'a proposed run' },
      { change: { sub: tracked.replace('TRACKED', 'TASK') }, why: 'a task' },
      { change: { sub: tracked.replace('TRACKED', 'DESTROY') }, why: 'a run that destroys' },
      { change: { sub: tracked.replace(':stack:', ':module:') }, why: 'a module of the name' },
      { change: { sub: tracked.replace('edge', 'lab') }, why: 'another stack' },
      { change: { sub: tracked.replace('edge', 'edge-2') }, why: 'a stack whose name begins alike' },
      { change: { sub: tracked.replace(spaceId, 'root') }, why: 'a stack of the name in another space' },
      { change: { sub: null }, why: 'no subject' },
      { change: { iss: 'https://mallory.app.spacelift.io', aud: 'mallory.app.spacelift.io' }, why: 'another account' },
      { change: { iss: 'https://acmex.app.spacelift.io' }, why: 'an account whose name begins alike' },
      { change: { aud: 'https://acme.app.spacelift.io' }, why: 'an audience with a scheme' },
      { change: { aud: 'sts.amazonaws.com' }, why: 'another audience' },
      { change: { aud: null }, why: 'no audience' },
      ...carriesMore,
    ],
    alike: [{ change: { runId: '01JOTHER' }, why: 'a run that another member started' }],
  },
  {
    name: 'proposed',
    options: { ...edge, runType: 'PROPOSED', runScope: 'read' },
    token: { ...run, sub: tracked.replace('TRACKED:scope:write', 'PROPOSED:scope:read') },
    honest: [{ why: 'a proposed run' }],
    hostile: [{ change: { sub: tracked }, why: 'a tracked run that applies' }],
  },
  {
    name: 'module',
    options: { accountName: 'acme', spaceId, modules: ['network'], runType: 'TESTING', runScope: 'write', ...place },
    token: { ...run, sub: `space:${spaceId}:module:network:run_type:TESTING:scope:write` },
    honest: [{ why: 'a test of the module' }],
    hostile: [
      { change: { sub: `space:${spaceId}:stack:network:run_type:TESTING:scope:write` }, why: 'a stack of the name' },
    ],
  },
  {
    name: 'customized',
    options: {
      accountName: 'acme',
      customSubjects: ['production|stack:edge|TRACKED|write'],
      runScope: 'write',
      sessionTags: true,
      sourceIdentity: true,
      provider: 'arn:aws:iam::123456789012:oidc-provider/acme.app.spacelift.io',
    },
    token: { ...run, sub: 'production|stack:edge|TRACKED|write' },
    honest: [{ why: 'the subject as the template makes it' }, ...carriesBoth],
    hostile: [{ change: { sub: tracked }, why: 'the usual subject' }],
  },
]);

export const refused = defineRefused(spaceliftTrust, [
  {
    name: 'a host for the account',
    options: { ...edge, accountName: 'https://acme.app.spacelift.io' },
    says: /^accountName: .*here `acme`$/,
  },
  { name: 'a wildcard for the space', options: { ...edge, spaceId: '*' }, says: /^spaceId: .*wildcard/ },
  { name: 'a wildcard for the stack', options: { ...edge, stacks: ['edge*'] }, says: /^stacks\[0\]: .*wildcard/ },
  { name: 'a stack with a colon', options: { ...edge, stacks: ['edge:x'] }, says: /^stacks\[0\]: .*holds a colon/ },
  { name: 'every scope', options: { ...edge, runScope: '*' }, says: /^runScope: .*wildcard/ },
  {
    name: 'a run type that is none',
    options: { ...edge, runType: 'tracked' },
    says: /^runType: `tracked` is no run type: use TRACKED, PROPOSED/,
  },
  {
    name: 'a proposed run that writes',
    options: { ...edge, runType: 'PROPOSED' },
    says: /^runScope: is never `write` for a proposed run/,
  },
  {
    name: 'a stack without its space',
    options: { accountName: 'acme', stacks: ['edge'], runScope: 'write', ...place },
    says: /^spaceId: missing: in the subject/,
  },
  {
    name: 'nothing that says which runs',
    options: { accountName: 'acme', runScope: 'write', ...place },
    says: /^stacks: missing, and so are `modules`/,
  },
  {
    name: 'a provider of another account',
    options: { ...edge, provider: 'arn:aws:iam::123456789012:oidc-provider/mallory.app.spacelift.io' },
    says: /^provider: .*is the provider of/,
  },
]);
