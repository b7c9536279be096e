import { expect, test } from 'vitest';
import { assume, trustEntries, tryBuild, type TrustEntry } from '../../src/index.js';
import { trusts } from '../catalog/trust/entries.js';

const place = { account: '123456789012', partition: 'aws' };

/** Whose subjects have parts without names. */
test.each([
  ['bitbucket-pipelines', 'another environment', 'environment'],
  ['bitbucket-pipelines', 'another repository', 'repository'],
  ['azure-devops', 'another service connection', 'connection'],
  ['azure-devops', 'the name in another project', 'project'],
  ['circleci', 'another branch', 'branch'],
  ['harness', 'another project', 'project'],
  ['eks-irsa', 'the name in another namespace', 'namespace'],
  ['hcp-terraform', 'another workspace', 'workspace'],
])('of %s, %s is told by its part: %s', (id, why, part) => {
  const entry: TrustEntry = trustEntries.find((one) => one.id === id)!;
  const [sample] = trusts.find((one) => one.id === id)!.samples;
  const { change } = sample!.hostile.find((one) => one.why === why)!;
  const claims = { ...sample!.token, ...change } as Record<string, unknown>;
  const { document } = tryBuild(entry, sample!.options);
  const answer = assume(document, { issuer: String(claims['iss']), claims }, place);
  expect(answer.allowed).toBe(false);
  expect(answer.reason).toContain(`\`${part}\` is the first part that differs`);
});
