import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { CiRoles as CdkRoles } from '@postern/cdk';
import { kindOf, tryBuild, useCases, type UseCase } from '@postern/core';
import { CiRoles as PulumiRoles } from '@postern/pulumi';
import * as pulumi from '@pulumi/pulumi';
import { App, Stack } from 'aws-cdk-lib/core';
import { stringify } from 'yaml';
import { resolveIntrinsics } from './cloudformation.js';
import { valuesOf, type RoleCell, type RoleTemplate } from './roles.js';
import { postern } from './targets.js';

/** A generated `postern.yaml`, of whose environment `one` the roles are compared. */
export interface GeneratedConfig {
  readonly text: string;
  readonly place: RoleCell['place'];
  /** Its roles in the environment by name, and which are pairs. */
  readonly roles: readonly { readonly name: string; readonly isPair: boolean }[];
}

/** What a target makes, by what it is called in the account: policies, and roles with their settings. */
export type Made = ReadonlyMap<string, unknown>;

/** The use case of the pairs: one that tells a plan from an apply, of keys in a bucket. */
const ofPairs = findUseCase(({ options: { access, bucket, keys } }) => {
  const words = access === undefined ? [] : kindOf(access).settings(access);
  return bucket !== undefined && keys !== undefined && words.includes('plan') && words.includes('apply');
});

/** A use case that can be given by its name alone. */
const withoutOptions = findUseCase(
  (useCase) => tryBuild(useCase, { account: '999988887777', region: 'eu-west-1' }).problems.length === 0,
);

function findUseCase(fits: (useCase: UseCase) => boolean): UseCase {
  const found = useCases.find(fits);
  if (found === undefined) throw new Error('no use case is as the files of these tests need one');
  return found;
}

const shop = { owner: 'acme', ownerId: '41000001', repository: 'shop', repositoryId: '712000001' };

/** Draws files: roles of cells in one partition, with settings of their own, a pair, and another environment. */
export function drawFiles(cells: readonly RoleCell[], count: number, seed: number): GeneratedConfig[] {
  const plain = cells.filter((cell) => !JSON.stringify([cell.trust.options, cell.permissions]).includes('${'));
  const settings = fc.record(
    {
      boundary: fc.constantFrom<unknown>(true, false, { name: 'fence' }, { path: '/fences/' }),
      path: fc.constantFrom('/ci/', '/a/b/'),
      maxSessionDuration: fc.integer({ min: 3600, max: 43_200 }),
      roleName: fc.constantFrom('named', 'named-${environment}', '${account}-role', '${region}.role'),
    },
    { requiredKeys: [] },
  );
  const drawn = fc.record({
    cell: fc.constantFrom(...plain),
    others: fc.array(fc.constantFrom(...plain), { maxLength: 2 }),
    settings: fc.array(settings, { minLength: 4, maxLength: 4 }),
    pair: fc.boolean(),
    json: fc.boolean(),
    shared: fc.boolean(),
  });
  return fc.sample(drawn, { numRuns: count, seed }).map(({ cell, json, others, pair, settings: own, shared }) => {
    const { account, region, partition } = cell.place;
    const its = [cell, ...others.filter(({ place }) => place.region === region)];
    const roles = its.map(({ trust, permissions }, index): [string, object] => [
      `role-${index}`,
      {
        trust: { [trust.entry.id]: trust.options },
        permissions: permissions.map(({ entry, options }) => ({ [entry.id]: options })),
        ...distinctly(own[index]!, index),
        environments: ['one'],
      },
    ]);
    const github = (more: object) => ({ trust: { 'github-actions': { ...shop, ...more } } });
    const state = { [ofPairs.id]: { bucket: 'state-${account}', keys: ['${environment}/a.tfstate'] } };
    const both = {
      permissions: state,
      plan: github({ branches: ['dev'] }),
      apply: github({ environments: ['${environment}'] }),
      ...distinctly(own[3]!, 3),
    };
    const place = shared ? { region } : {};
    const value = {
      version: 1,
      ...place,
      environments: {
        one: { account, ...(shared ? {} : { region }) },
        two: { account: '999988887777', ...(shared ? {} : { region }) },
      },
      roles: {
        ...Object.fromEntries(roles),
        ...(pair ? { pair: both } : {}),
        elsewhere: { ...github({ branches: ['main'] }), permissions: [withoutOptions.id], environments: ['two'] },
      },
    };
    return {
      text: json ? JSON.stringify(value) : stringify(value, { aliasDuplicateObjects: false }),
      place: { account, region, partition },
      roles: [...roles.map(([name]) => ({ name, isPair: false })), ...(pair ? [{ name: 'pair', isPair: true }] : [])],
    };
  });
}

/** Names that are drawn for several roles of a file, told apart. */
function distinctly(settings: Readonly<Record<string, unknown>>, index: number): object {
  const { boundary, roleName, ...others } = settings;
  const name = (text: string) => `${text}-${index}`;
  const named = boundary as { readonly name?: string } | boolean | undefined;
  return {
    ...others,
    ...(typeof roleName === 'string' ? { roleName: name(roleName) } : {}),
    ...(named === undefined
      ? {}
      : { boundary: typeof named === 'object' && named.name !== undefined ? { name: name(named.name) } : named }),
  };
}

interface AccountDetails {
  readonly RoleDetailList: readonly {
    readonly RoleName: string;
    readonly Path: string;
    readonly MaxSessionDuration: number;
    readonly AssumeRolePolicyDocument: unknown;
  }[];
  readonly Policies: readonly {
    readonly PolicyName: string;
    readonly PolicyVersionList: readonly { readonly Document: unknown }[];
  }[];
}

/** What `postern build` prints. */
export async function fromBuild({ text }: GeneratedConfig): Promise<Made> {
  const printed = JSON.parse(await postern(['build', '--config', '-', '--environment', 'one'], text)) as AccountDetails;
  return new Map([
    ...printed.RoleDetailList.map(
      ({ AssumeRolePolicyDocument: trust, MaxSessionDuration: session, Path: path, RoleName }) =>
        [`role ${RoleName}`, { trust, path, session }] as const,
    ),
    ...printed.Policies.map(
      ({ PolicyName, PolicyVersionList }) => [`policy ${PolicyName}`, PolicyVersionList[0]!.Document] as const,
    ),
  ]);
}

/** What an app of the CDK makes of the file; `agnostic` leaves the place of the stack open. */
export function fromCdkFile({ place }: GeneratedConfig, path: string, agnostic: boolean): Made {
  const { account, region } = place;
  const app = new App({ builtinCloudFormationValidation: false } as ConstructorParameters<typeof App>[0]);
  const stack = new Stack(app, 'Stack', agnostic ? {} : { env: { account, region } });
  CdkRoles.fromFile(stack, 'Ci', path, { environment: 'one' });
  const { Resources } = app.synth().getStackByName('Stack').template as RoleTemplate;
  const values = valuesOf(Resources, place);
  return new Map(
    Object.values(Resources).flatMap(({ Properties, Type }): [string, unknown][] => {
      const of = (name: string) => resolveIntrinsics(Properties[name], values);
      if (Type === 'AWS::IAM::ManagedPolicy')
        return [[`policy ${String(of('ManagedPolicyName'))}`, of('PolicyDocument')]];
      if (Type !== 'AWS::IAM::Role') return [];
      const { MaxSessionDuration: session = 3600, Path = '/' } = Properties;
      return [[`role ${String(of('RoleName'))}`, { trust: of('AssumeRolePolicyDocument'), path: Path, session }]];
    }),
  );
}

let registered = new Map<string, unknown>();
let account = '';

/** Answers for the provider. Call once, before the first component. */
export async function mockFileProvider(): Promise<void> {
  await pulumi.runtime.setMocks({
    newResource({ inputs, name, type }) {
      const found = inputs as Readonly<Record<string, string | number | undefined>>;
      if (type === 'aws:iam/policy:Policy')
        registered.set(`policy ${String(found['name'])}`, JSON.parse(String(found['policy'])));
      if (type === 'aws:iam/role:Role') {
        const { assumeRolePolicy, maxSessionDuration: session = 3600, path = '/' } = found;
        const trust: unknown = JSON.parse(String(assumeRolePolicy));
        registered.set(`role ${String(found['name'])}`, { trust, path, session });
      }
      return { id: name, state: { name, arn: `arn:${name}`, ...inputs } };
    },
    call: ({ token }) => (token.endsWith('getCallerIdentity') ? { accountId: account } : {}),
  });
}

let programs = 0;

/** What a Pulumi program makes of the file. */
export async function fromPulumiFile(file: GeneratedConfig, path: string): Promise<Made> {
  const mine = (registered = new Map());
  account = file.place.account;
  const made = PulumiRoles.fromFile(`ci-${(programs += 1)}`, path, { environment: 'one' });
  const roles = [...made.roles.values(), ...[...made.pairs.values()].flatMap(({ apply, plan }) => [plan, apply])];
  const outputs = roles.flatMap(({ arn, boundaryPolicy, policies }) => [
    arn,
    ...policies.map((policy) => policy.arn),
    ...(boundaryPolicy === undefined ? [] : [boundaryPolicy.arn]),
  ]);
  await Promise.all(outputs.map((output) => new Promise((resolve) => output.apply(resolve))));
  return mine;
}

/** What Terraform's external data source is answered, role by role. */
export async function fromExternal({ roles }: GeneratedConfig, path: string): Promise<Made> {
  const made = new Map<string, unknown>();
  for (const { isPair, name } of roles) {
    for (const half of isPair ? ['plan', 'apply'] : [undefined]) {
      const query = { file: path, environment: 'one', role: name, ...(half === undefined ? {} : { half }) };
      const answer = JSON.parse(await postern(['terraform-external'], JSON.stringify(query))) as Record<string, string>;
      const { boundary = '', boundary_name: fence = '', max_session_duration: session, trust = '' } = answer;
      made.set(`role ${answer['name']}`, { trust: JSON.parse(trust), path: answer['path'], session: Number(session) });
      for (const [index, document] of (JSON.parse(answer['policies'] ?? '[]') as unknown[]).entries()) {
        made.set(`policy ${answer['name']}${index === 0 ? '' : `-${index + 1}`}`, document);
      }
      if (boundary !== '') made.set(`policy ${fence}`, JSON.parse(boundary));
    }
  }
  return made;
}

/** What differs between what two targets make. */
export function differencesOf(wanted: Made, got: Made): string[] {
  return [...new Set([...wanted.keys(), ...got.keys()])].flatMap((key) => {
    const [one, other] = [wanted.get(key), got.get(key)];
    if (one === undefined || other === undefined) return [`${key} is ${one === undefined ? 'too much' : 'missing'}`];
    // Documents keep the order of their keys too.
    return isDeepStrictEqual(one, other) && sameTexts(one, other)
      ? []
      : [`${key}: ${JSON.stringify(other)} instead of ${JSON.stringify(one)}`];
  });
}

function sameTexts(one: unknown, other: unknown): boolean {
  const textOf = (value: unknown) => JSON.stringify(isRole(value) ? value.trust : value);
  return textOf(one) === textOf(other);
}

function isRole(value: unknown): value is { readonly trust: unknown } {
  return typeof value === 'object' && value !== null && 'trust' in value;
}
