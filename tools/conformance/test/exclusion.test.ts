import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { excludeEachOther, print, type PolicyDocument, type Statement } from '@postern/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedRole, roleCells } from '../src/roles.js';
import { applyConfiguration, documents, literal, terraformVersion } from '../src/terraform.js';

/** Two trust policies, and whether what Terraform shows suffices; undefined where only core is asked. */
interface PolicyPair {
  readonly name: string;
  readonly own: PolicyDocument;
  readonly other: PolicyDocument;
  readonly apart?: boolean;
}

const issuer = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::111122223333:oidc-provider/${issuer}`;

function allowed(Condition: Statement['Condition'], Principal: Statement['Principal'] = { Federated: [provider] }) {
  const statement = { Effect: 'Allow', Principal, Action: ['sts:AssumeRoleWithWebIdentity'], Condition } as const;
  return { Version: '2012-10-17', Statement: [statement] } as PolicyDocument;
}

const sub = (operator: string, ...values: string[]) => ({ [operator]: { [`${issuer}:sub`]: values } });
const role = (name: string, account = '111122223333') => ({ AWS: [`arn:aws:iam::${account}:${name}`] });

/** What is easily taken for apart, or for the same. */
const edges: PolicyPair[] = (
  [
    ['other subjects', sub('StringEquals', 'repo:a/b:x'), sub('StringEquals', 'repo:a/b:y'), true],
    ['letter case', sub('StringEquals', 'repo:a/b:x'), sub('StringEquals', 'repo:A/b:x'), true],
    [
      'letter case of a key',
      sub('StringEquals', 'a'),
      { StringEquals: { [`${issuer.toUpperCase()}:SUB`]: ['a'] } },
      false,
    ],
    [
      'letter case of a key, other texts',
      sub('StringEquals', 'a'),
      { StringEquals: { [`${issuer}:SUB`]: ['b'] } },
      true,
    ],
    ['one of several', sub('StringEquals', 'a', 'b'), sub('StringEquals', 'b', 'c'), false],
    ['a pattern that matches', sub('StringLike', 'repo:a/b:ref:*'), sub('StringEquals', 'repo:a/b:ref:x'), false],
    [
      'a pattern that does not',
      sub('StringLike', 'repo:a/b:ref:*'),
      sub('StringEquals', 'repo:a/b:environment:x'),
      true,
    ],
    ['a dot is no wildcard', sub('StringLike', 'a.b*'), sub('StringEquals', 'axb'), true],
    ['brackets and signs', sub('StringLike', 'a[b](c)+{d}|^$\\*'), sub('StringEquals', 'a[b](c)+{d}|^$\\x'), false],
    ['a question mark is one character', sub('StringLike', 'v?'), sub('StringEquals', 'v12'), true],
    ['a question mark', sub('StringLike', 'v?'), sub('StringEquals', 'v1'), false],
    ['a new line in a text', sub('StringLike', 'a*b'), sub('StringEquals', 'a\nb'), false],
    ['two patterns with one beginning', sub('StringLike', 'a*x'), sub('StringLike', 'a*y'), true],
    ['two patterns that meet', sub('StringLike', 'a*'), sub('StringLike', '*b'), false],
    ['a pattern under StringEquals is text', sub('StringEquals', 'a*'), sub('StringEquals', 'ab'), true],
    ['everything but', sub('StringNotEquals', 'a'), sub('StringEquals', 'b'), false],
    ['a test that holds without the key', sub('StringEqualsIfExists', 'a'), sub('StringEquals', 'b'), false],
    ['a test of a set', sub('ForAllValues:StringEquals', 'a'), sub('StringEquals', 'b'), false],
    ['a variable', sub('StringEquals', '${aws:PrincipalTag/x}'), sub('StringEquals', 'b'), false],
    ['no condition', undefined, sub('StringEquals', 'b'), false],
    ['another key', { StringEquals: { [`${issuer}:ref`]: ['a'] } }, sub('StringEquals', 'b'), false],
  ] as const
).map(([name, own, other, apart]) => ({
  name,
  own: allowed(own),
  other: allowed(other),
  apart,
}));

const principals: PolicyPair[] = (
  [
    ['two roles', role('role/a'), role('role/b'), true],
    ['a role and its account', role('role/a'), role('root'), false],
    ['a role and its account by number', role('role/a'), { AWS: ['111122223333'] }, false],
    ['a role and another account', role('role/a'), role('root', '999988887777'), true],
    ['everybody', role('role/a'), { AWS: ['*'] }, false],
    ['everybody, in short', role('role/a'), '*', false],
    ['a role and a service', role('role/a'), { Service: ['ec2.amazonaws.com'] }, true],
    ['two services', { Service: ['ec2.amazonaws.com'] }, { Service: ['codebuild.amazonaws.com'] }, true],
    ['a list that has one in common', { AWS: ['111122223333', '999988887777'] }, role('role/a'), false],
  ] as const
).map(([name, own, other, apart]) => ({
  name,
  own: allowed(undefined, own as Statement['Principal']),
  other: allowed(undefined, other as Statement['Principal']),
  apart,
}));

/** Every two samples of a trust entry, in one account. */
async function samplePairs(): Promise<PolicyPair[]> {
  const { cells } = await roleCells();
  const own = cells.filter(({ place }) => place.partition === 'aws');
  return own.flatMap((cell, index) =>
    own
      .slice(index)
      .filter(({ trust }) => trust.entry.id === cell.trust.entry.id)
      .map((other) => ({
        name: `${cell.name} and ${other.name}`,
        own: expectedRole(cell).trust,
        other: expectedRole(other).trust,
      })),
  );
}

const version = terraformVersion();
if (version === undefined)
  console.log('SKIPPED: no terraform binary, so what a pair of roles shows of its trust policies was not compared');

describe.skipIf(version === undefined)('what the module of a role shows of two trust policies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-apart-'));
  let pairs: PolicyPair[] = [];
  let shown: boolean[] = [];

  beforeAll(async () => {
    pairs = [...edges, ...principals, ...(await samplePairs())];
    copyFileSync(`${documents}../modules/ci-role/apart.tf`, join(folder, 'apart.tf'));
    const around =
      'variable "own" {}\nvariable "apart_from" {}\nlocals {\n  trust_policy = var.own\n}\noutput "shared" {\n  value = local.shared_ways\n}\n';
    writeFileSync(join(folder, 'around.tf'), around);
    const calls = pairs.map(
      ({ own, other }, index) =>
        `module "pair${index}" {\n  source = ${JSON.stringify(folder)}\n  own = ${literal(print(own, 0))}\n  apart_from = [${literal(print(other, 0))}]\n}\noutput "pair${index}" {\n  value = length(module.pair${index}.shared) == 0\n}\n`,
    );
    const outputs = applyConfiguration({ 'main.tf': calls.join('') });
    shown = pairs.map((_, index) => String(outputs[`pair${index}`]) === 'true');
  }, 600_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  test('nobody gets into two of which it shows that they exclude each other', () => {
    const wrong = pairs.filter(
      ({ own, other }, index) => shown[index] === true && excludeEachOther(own, other).excludes !== true,
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
    expect(shown.filter(Boolean).length).toBeGreaterThan(50);
  });

  test('it shows it of all pairs of samples that core finds to exclude each other', () => {
    const missed = pairs.filter(
      ({ own, other, apart }, index) =>
        apart === undefined && shown[index] === false && excludeEachOther(own, other).excludes === true,
    );
    console.log(`pairs of trust policies: ${pairs.length}, shown to be apart: ${shown.filter(Boolean).length}`);
    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  test.each([...edges, ...principals].flatMap((pair, index) => (pair.apart === undefined ? [] : [{ ...pair, index }])))(
    '$name',
    ({ apart, index }) => {
      expect(shown[index]).toBe(apart);
    },
  );
});
