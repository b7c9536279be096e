import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Aws, CfnParameter, Fn, Stack, Stage } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { AccountRootPrincipal, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EcrDockerPushPolicy } from '@postern/cdk';
import { run } from '@postern/cli';

const outdir = mkdtempSync(join(tmpdir(), 'postern-cdk-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const place = ['--account', '123456789012', '--region', 'eu-west-1'];
const env = { account: '123456789012', region: 'eu-west-1' };

async function postern(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  async function* nothing(): AsyncGenerator<string> {
    yield* [];
  }
  const io = { stdin: nothing(), stdout: output('stdout'), stderr: output('stderr'), env: {} };
  return { code: await run(args, io, '0'), ...written };
}

const role = (scope: Construct, roleName?: string) =>
  new Role(scope, 'Role', { assumedBy: new AccountRootPrincipal(), ...(roleName && { roleName }) });

/** What the job needs, with the attributes of L2 constructs in the place of the ARNs that are theirs. */
async function grant(to: Role, words: string, attributes: Record<string, string>): Promise<void> {
  const { stdout } = await postern('generate', ...words.split(' '), ...place);
  const { Statement } = JSON.parse(stdout) as { Statement: Record<string, unknown>[] };
  for (const statement of Statement) {
    const texts = JSON.stringify(statement);
    const filled = JSON.parse(texts, (_, value: unknown) => {
      if (typeof value !== 'string') return value;
      const start = Object.keys(attributes).find((arn) => value === arn || value.startsWith(`${arn}/`));
      return start === undefined ? value : `${attributes[start]}${value.slice(start.length)}`;
    }) as object;
    to.addToPolicy(PolicyStatement.fromJson(filled));
  }
}

const jobs = {
  Push: 'ecr-docker-push --repositories my-app',
  State:
    'terraform-remote-state-s3 --bucket acme-state --keys app/terraform.tfstate --lock dynamodb --lock-table locks',
  Deploy: 'ecs-service-deployment --cluster production --services web --task-definition-families web',
};

beforeAll(async () => {
  const app = new App({ outdir });
  const resources = (stack: Stack) => ({
    'arn:aws:ecr:eu-west-1:123456789012:repository/my-app': new Repository(stack, 'App', { repositoryName: 'my-app' })
      .repositoryArn,
    'arn:aws:s3:::acme-state': new Bucket(stack, 'State', { bucketName: 'acme-state' }).bucketArn,
    'arn:aws:dynamodb:eu-west-1:123456789012:table/locks': new Table(stack, 'Locks', {
      tableName: 'locks',
      partitionKey: { name: 'LockID', type: AttributeType.STRING },
    }).tableArn,
    'arn:aws:ecs:eu-west-1:123456789012:cluster/production': new Cluster(stack, 'Cluster', {
      clusterName: 'production',
    }).clusterArn,
  });
  const attributes = resources(new Stack(app, 'Resources', { env }));
  for (const [id, words] of Object.entries(jobs)) {
    const agnostic = new Stack(app, id);
    await grant(role(agnostic, `ci-${id}`), words, resources(agnostic));
    await grant(role(new Stack(app, `${id}Across`, { env })), words, attributes);
  }
  const stack = new Stack(new Stage(app, 'Prod'), 'Ci');
  const repository = new Repository(stack, 'App', { repositoryName: 'my-app' });
  const own = new EcrDockerPushPolicy(stack, 'Push', { repositories: [repository] });
  const mixed = role(stack);
  mixed.addManagedPolicy(own.managedPolicy!);
  mixed.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('job-function/ViewOnlyAccess'));
  new Key(stack, 'Key').grantDecrypt(mixed);
  Bucket.fromBucketName(stack, 'Imported', Fn.importValue('bucket')).grantRead(mixed);
  const name = new CfnParameter(stack, 'Name', { default: 'elsewhere' }).valueAsString;
  mixed.addToPolicy(
    new PolicyStatement({ actions: ['s3:PutObject'], resources: [`arn:${Aws.PARTITION}:s3:::${name}/*`] }),
  );
  app.synth();
}, 120_000);

describe('check of what the real CDK synthesizes', { timeout: 60_000 }, () => {
  test.each(Object.entries(jobs))('the L2 form of %s has nothing missing and nothing extra', async (id, words) => {
    for (const name of [`ci-${id}`, `${id}/Role`, `arn:aws:iam::123456789012:role/ci-${id}`, `${id}Across/Role`]) {
      const [useCase, ...flags] = words.split(' ');
      const { code, stdout, stderr } = await postern(
        'check',
        `${outdir}#${name}`,
        '--use-case',
        useCase!,
        ...flags,
        ...place,
      );
      expect([name, code, stdout, stderr]).toEqual([
        name,
        0,
        `The policy allows exactly what \`${useCase}\` needs.\n`,
        '',
      ]);
    }
  });

  test('grants on what has no name yet are listed apart; a parameter has its default', async () => {
    const [useCase, ...flags] = jobs.Push.split(' ');
    const args = ['check', `${outdir}#Prod/Ci/Role`, '--use-case', useCase!, ...flags, ...place];
    const { code, stdout, stderr } = await postern(...args);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Extra: allowed, and not needed\n {2}`s3:PutObject` on `arn:aws:s3:::elsewhere\/\*`/);
    expect(stdout).toMatch(/`kms:Decrypt` on `arn:aws:kms:eu-west-1:123456789012:key\/«Key\w+»`/);
    expect(stdout).toContain('«Fn::ImportValue bucket»');
    expect(stdout).not.toMatch(/Missing|arn:aws:unknown/);
    expect(stderr).toContain(
      '`arn:aws:iam::aws:policy/job-function/ViewOnlyAccess` is attached and not in the template',
    );
    expect((await postern(...args, '--parameter', 'Name=mine')).stdout).toContain('arn:aws:s3:::mine/*');
  });
});
