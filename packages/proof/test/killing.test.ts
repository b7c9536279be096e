import { beforeAll, describe, expect, test } from 'vitest';
import { arn, type StatementTemplate, type Template, type UseCase } from '@postern/core';
import { findingsOf } from '../src/evidence.js';
import { runProof } from '../src/run-proof.js';
import type { ProofPlan, Scenario } from '../src/scenario.js';
import { ecsServiceDeploymentProof } from '../src/use-cases/ecs-service-deployment/plan.js';
import { terragruntProof } from '../src/use-cases/terragrunt/plan.js';
import { replayedScenarios } from './replayed-bootstrap.js';
import { deployments } from './sabotage/plans.js';
import { type Rule, services, storeObject } from '@postern/sandbox';

/** A plan that needs no tool, so that it runs everywhere: Terragrunt's own calls, replayed. */
const replayed: ProofPlan = {
  ...terragruntProof,
  scenarios: replayedScenarios,
  cells: terragruntProof.cells.filter(({ name }) =>
    [
      'check',
      'check with a logs bucket',
      'create with a logs bucket',
      'create, bucketTags',
      'create, lockTableTags',
      'create, lockTableSsencryption',
    ].includes(name),
  ),
  unshown: ['LockItems', 'DigestItems'].map((atom) => ({
    atom,
    outcome: 'claimed' as const,
    why: 'terraform takes the lock, which this plan leaves out',
    source: 'the whole plan',
  })),
};

/** The same, for the calls of the script ecs-deploy. */
const script: ProofPlan = {
  ...ecsServiceDeploymentProof,
  scenarios: deployments,
  cells: ecsServiceDeploymentProof.cells.filter(({ name }) =>
    ['ecs-deploy', 'ecs-deploy runTask', 'ecs-deploy tagTaskDefinition'].includes(name),
  ),
};

function change(plan: ProofPlan, sid: string, edit: (statement: StatementTemplate) => StatementTemplate): ProofPlan {
  const statements = plan.useCase.statements.map((statement) => (statement.sid === sid ? edit(statement) : statement));
  return { ...plan, useCase: { ...plan.useCase, statements } as UseCase };
}

/** A part of the cells leaves switches untested, which is not in question here. */
const find = async (plan: ProofPlan) =>
  findingsOf(await runProof(plan, { tools: {} })).filter((finding) => !finding.startsWith('untested: '));

describe('the proof', () => {
  beforeAll(async () => {
    expect(await find(replayed)).toEqual([]);
    expect(await find(script)).toEqual([]);
  });

  test('names a needless action', async () => {
    const plan = change(replayed, 'CheckBucket', (statement) => ({
      ...statement,
      actions: { ...statement.actions, 's3:GetLifecycleConfiguration': 'no reason at all' },
    }));
    expect(await find(plan)).toEqual([
      expect.stringContaining('unneeded: `CheckBucket: s3:GetLifecycleConfiguration`'),
    ]);
  });

  test('names a needless resource, and a needless statement', async () => {
    const [bucket] = replayed.useCase.statements.find(({ sid }) => sid === 'CheckBucket')!
      .resources as readonly object[];
    const needless = {
      sid: 'Needless',
      actions: { 's3:GetObject': 'none' },
      resources: [bucket],
      evidence: [],
    } as unknown as StatementTemplate;
    const useCase = { ...replayed.useCase, statements: [...replayed.useCase.statements, needless] } as UseCase;
    const findings = await find({ ...replayed, useCase });
    expect(findings.map((text) => /`(.*?)`/.exec(text)![1])).toEqual([
      'Needless',
      'Needless: s3:GetObject',
      'Needless: resource 0',
    ]);
  });

  test('names the step that fails without a needed action', async () => {
    const plan = change(replayed, 'CreateBucket', ({ actions, ...statement }) => ({
      ...statement,
      actions: Object.fromEntries(Object.entries(actions).filter(([action]) => action !== 's3:PutBucketPolicy')),
    }));
    const findings = await find(plan);
    expect(findings[0]).toMatch(/^not enough: .*fails at `write the policy of the bucket`: .*s3:PutBucketPolicy/);
  });

  test('reports a hostile request that gets through a widened resource', async () => {
    const plan = change(replayed, 'CheckLockTable', (statement) => ({
      ...statement,
      resources: { unscoped: 'too wide' },
    }));
    expect(await find(plan)).toContain('too wide: `describe another table` gets through `CheckLockTable` in `check`');
  });

  test('reports a hostile request that gets through a dropped condition', async () => {
    const plan = change(script, 'ListTasks', ({ conditions: _, ...statement }) => statement);
    expect(await find(plan)).toContain(
      'too wide: `list the tasks of another cluster` gets through `ListTasks` in `ecs-deploy`',
    );
  });

  test('reports a condition that no hostile request shows', async () => {
    const plan = change(script, 'DeployServices', (statement) => ({
      ...statement,
      conditions: [{ operator: 'StringEquals', key: 'aws:PrincipalAccount', values: ['123456789012'], reason: 'none' }],
    }));
    expect(await find(plan)).toEqual([
      expect.stringContaining('unneeded: `DeployServices: condition StringEquals aws:PrincipalAccount`'),
    ]);
  });

  test('does a run without a part only where the run asked for it', async () => {
    let passed = 0;
    const end = { name: 'end', tool: 'replay', run: async () => void (passed += 1) } as const;
    // One that asks for little, before one that asks for all of it.
    const scenarios = replayed.scenarios.flatMap((scenario) =>
      [1, undefined].map((most) => ({
        ...scenario,
        name: `${scenario.name}, ${most ?? 'all'}`,
        steps: (...given: Parameters<typeof scenario.steps>) => {
          const steps = scenario.steps(...given);
          return [...steps.slice(0, most), { ...end, source: steps[0]?.source ?? '' }];
        },
      })),
    );
    const cells = replayed.cells.map(({ name, options }) => ({ name, options }));
    const { atoms, runs, pairs } = await runProof({ ...replayed, cells, scenarios }, { tools: {} });
    expect(atoms.filter(({ outcome }) => outcome === 'replayed').length).toBeGreaterThan(20);
    expect(pairs).toEqual([]);
    // Each of the others shows a part, so it breaks before its end.
    expect(passed).toBe(runs.length);
  });

  test('finds two parts that cover for each other', async () => {
    const check = replayed.useCase.statements.find(({ sid }) => sid === 'CheckLockTable')!;
    const useCase = {
      ...replayed.useCase,
      statements: [...replayed.useCase.statements, { ...check, sid: 'Twice' }],
    } as UseCase;
    const findings = await find({ ...replayed, useCase });
    expect(
      findings.some((text) => text.startsWith('cover for each other: `CheckLockTable: dynamodb:DescribeTable`')),
    ).toBe(true);
    expect(findings.some((text) => text.startsWith('unneeded: `Twice: dynamodb:DescribeTable`'))).toBe(true);
  });

  test('two parts that meet in one run are both needed where others miss each of them', async () => {
    const object = (name: string): Template => [arn('bucket'), `/${name}`];
    const reads = replayed.useCase.statements.find(({ sid }) => sid === 'CheckBucket')!;
    const useCase = {
      ...replayed.useCase,
      statements: ['first', 'second'].map((name) => ({
        ...reads,
        sid: name === 'first' ? 'First' : 'Second',
        when: undefined,
        actions: { 's3:GetObject': `read ${name} and shared` },
        resources: [object(name), object('shared')],
      })),
    } as unknown as UseCase;
    const reading = (Key: string, name: string, isStrict: boolean): Scenario => ({
      name: `${name} ${Key}`,
      title: `${name}s ${Key}`,
      applies: () => true,
      prepare: (world, options) => {
        const bucket = world.objects.create(options.name('bucket')!, options.account, options.region);
        storeObject(bucket, Key, Buffer.from('{}'), {});
      },
      steps: (options) => [
        {
          name: `GetObject ${Key}`,
          tool: 'replay',
          source: 'this test',
          run: async (stage) => {
            const asked = stage.call('S3', 'GetObject', { Bucket: options.name('bucket'), Key });
            await (isStrict ? asked : asked.catch(() => undefined));
          },
        },
      ],
    });
    const keys = ['first', 'second'];
    const scenarios = [
      ...keys.map((key) => reading(key, 'read', true)),
      ...keys.map((key) => reading(key, 'try', false)),
      reading('shared', 'read', true),
    ];
    const { options } = replayed.cells[0]!;
    const cells = ['read', 'try'].map((name) => ({
      name,
      options,
      only: [...keys.map((key) => `${name} ${key}`), 'read shared'],
    }));
    const { pairs, atoms } = await runProof({ ...replayed, useCase, cells, scenarios, hostile: [] }, { tools: {} });
    const outcomes = new Map(atoms.map(({ atom, outcome }) => [atom.name, outcome]));
    expect(outcomes.get('First: s3:GetObject')).toBe('replayed');
    expect(outcomes.get('Second: s3:GetObject')).toBe('replayed');
    // What only one run asks for, and both allow, covers for each other; and so does what others ask for and do not miss.
    const found = pairs.map(({ cell, atoms: [one, other] }) => `${cell}: ${one} with ${other}`);
    expect(found.sort()).toEqual([
      'read: First: resource 1 with Second: resource 1',
      'try: First: resource 1 with Second: resource 1',
      'try: First: resource 1 with Second: s3:GetObject',
      'try: First: s3:GetObject with Second: resource 1',
      'try: First: s3:GetObject with Second: s3:GetObject',
    ]);
  });
});

/** Takes the checks of one operation away, as a mistake in the sandbox would. */
async function withBrokenRule<T>(service: string, operation: string, act: () => Promise<T>): Promise<T> {
  const rules = services.find(({ name }) => name === service)!.rules as Record<string, Rule>;
  const rule = rules[operation]!;
  rules[operation] = { ...rule, checks: () => [] };
  try {
    return await act();
  } finally {
    rules[operation] = rule;
  }
}

describe('a broken rule of the sandbox', () => {
  test.each([
    ['s3', 'PutBucketPolicy', 'unneeded: `CreateBucket: s3:PutBucketPolicy`', replayed],
    ['dynamodb', 'DescribeTable', 'unneeded: `CheckLockTable`', replayed],
    ['ecs', 'UpdateService', 'unneeded: `DeployServices: ecs:UpdateService`', script],
    ['ecs', 'RunTask', 'too wide: `run the task in another cluster`', script],
  ])('is noticed: %s %s', async (service, operation, finding, plan) => {
    const findings = await withBrokenRule(service, operation, () => find(plan));
    expect(
      findings.some((text) => text.startsWith(finding)),
      findings.join('\n'),
    ).toBe(true);
  });
});
