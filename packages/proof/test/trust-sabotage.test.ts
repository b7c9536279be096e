import { expect, test } from 'vitest';
import { accountPrincipalTrust, ec2Trust, githubActionsTrust, type TrustEntry } from '@postern/core';
import { findTools } from '../src/find-tools.js';
import { proveTrust } from '../src/trust/prove-trust.js';
import { recordTrustProof } from '../src/trust/record.js';
import type { AnyTrustSample } from '../src/trust/sample.js';

const names = ['boto3', 'aws', 'aws-1'] as const;
const { boto3 } = await findTools({}, process.env, names);
/** Skipped, and counted so, where there is no boto3. */
const testWithSdk = test.skipIf(boto3 === undefined);

const samplesOf = async (id: string) => {
  const url = new URL(`../../core/src/catalog/trust/${id}/cases.ts`, import.meta.url);
  return ((await import(url.href)) as { samples: readonly AnyTrustSample[] }).samples;
};

/** The entry with its only statement changed. */
function changed(entry: TrustEntry, change: (statement: TrustEntry['statements'][number]) => object): TrustEntry {
  return { ...entry, statements: entry.statements.map((one) => ({ ...one, ...change(one) })) };
}

/** The SDK alone: what the command lines do is the same in every entry. */
async function findingsOf(entry: TrustEntry, samples: readonly AnyTrustSample[]): Promise<readonly string[]> {
  return (await proveTrust(entry, samples, { tools: { boto3: boto3! } })).findings;
}

testWithSdk(
  'a condition that is gone lets hostile tokens in',
  async () => {
    const [first] = await samplesOf('github-actions');
    const open = changed(githubActionsTrust, ({ conditions = [] }) => ({
      conditions: conditions.filter(({ key }) => key !== 'ISSUER:sub'),
    }));
    const findings = await findingsOf(open, [first!]);
    expect(findings).toContain('too wide: in `default`, this gets in: another environment');
  },
  120_000,
);

testWithSdk(
  'a condition that is too much keeps honest tokens out',
  async () => {
    const [first] = await samplesOf('github-actions');
    const narrow = changed(githubActionsTrust, ({ conditions = [] }) => ({
      conditions: [
        ...conditions,
        { operator: 'StringEquals', key: 'ISSUER:event_name', values: ['push'], reason: 'of no use' },
      ],
    }));
    const findings = await findingsOf(narrow, [first!]);
    expect(findings).toContainEqual(
      expect.stringMatching(
        /^not enough: in `default`, this is refused: a job that names the environment, on the branch/,
      ),
    );
  },
  120_000,
);

testWithSdk(
  'a condition that no token needs is found',
  async () => {
    const [, thirdParty] = await samplesOf('account-principal');
    const idle = changed(accountPrincipalTrust, ({ conditions = [] }) => ({
      conditions: [
        ...conditions,
        { operator: 'StringLike', key: 'sts:RoleSessionName', values: ['*'], reason: 'of no use' },
      ],
    }));
    const findings = await findingsOf(idle, [thirdParty!]);
    expect(findings.join('\n')).toContain('unneeded: `AssumeFromAccount: condition StringLike sts:RoleSessionName`');
  },
  120_000,
);

testWithSdk(
  'what only AWS can send is claimed, never proved',
  async () => {
    const proof = await proveTrust(ec2Trust, await samplesOf('ec2'), { tools: { boto3: boto3! } });
    expect(proof.findings).toEqual([]);
    expect(proof.decided).toBeGreaterThan(5);
    const record = recordTrustProof(proof);
    expect(record).toMatchObject({ counts: { proved: 0 }, scenarios: [], hostile: [], requests: [], tools: {} });
  },
  120_000,
);

test('a proof with findings is no evidence', () => {
  const proof = { findings: ['too wide: x'], atoms: [], hostile: [] } as unknown as Parameters<
    typeof recordTrustProof
  >[0];
  expect(() => recordTrustProof(proof)).toThrow('no evidence: too wide: x');
});
