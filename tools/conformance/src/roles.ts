import { readdirSync } from 'node:fs';
import {
  build,
  buildRole,
  partitionOfRegion,
  type AnyEntry,
  type PolicyDocument,
  type Role,
  type TrustEntry,
} from '@postern/core';
import { chosen, CiRole as CdkRole } from '@postern/cdk';
import { App, Stack } from 'aws-cdk-lib/core';
import { parse as parseYaml } from 'yaml';
import { account, exampleCells, regions, withoutPlace, type Cell } from './cells.js';
import { pseudoParameters, resolveIntrinsics, type Values } from './cloudformation.js';
import { postern } from './targets.js';

/** A role that every target is given, in a place. */
export interface RoleCell {
  readonly name: string;
  readonly trust: { readonly entry: TrustEntry; readonly options: Readonly<Record<string, unknown>> };
  readonly permissions: readonly { readonly entry: AnyEntry; readonly options: Readonly<Record<string, unknown>> }[];
  readonly place: { readonly account: string; readonly region: string; readonly partition: string };
}

/** The documents of a role, as a target gives them: in the order in which core has them. */
export interface RoleTexts {
  readonly trust: string;
  readonly policies: readonly string[];
  readonly boundary: string;
}

const trustFolder = new URL('../../../packages/core/src/catalog/trust/', import.meta.url);

/** Cells that every target gives alike, and those that no command may print: pull requests, and a job that writes. */
export interface RoleCells {
  readonly cells: RoleCell[];
  readonly refused: RoleCell[];
}

/**
 * Every sample of every trust entry, the first of each in every partition, with two use cases, so that every use case has a
 * turn. Where pull requests are let in, the use cases of the cell read, and one is refused for each use case that writes.
 */
export async function roleCells(): Promise<RoleCells> {
  const jobs = await exampleCells();
  const readers = jobs.filter(onlyReads);
  const writers = jobs.filter((job) => !onlyReads(job));
  const cells: RoleCell[] = [];
  const refused: RoleCell[] = [];
  for (const id of readdirSync(trustFolder).sort()) {
    const entries = (await import(new URL(`${id}/entry.ts`, trustFolder).href)) as Record<string, TrustEntry>;
    const { samples } = (await import(new URL(`${id}/cases.ts`, trustFolder).href)) as {
      samples: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[];
    };
    const [entry] = Object.values(entries).filter((one) => one.id === id) as [TrustEntry];
    for (const [number, sample] of samples.entries()) {
      for (const [partition, region] of placesOf(entry, sample.options, number === 0)) {
        const at = cells.length;
        const make = (name: string, its: readonly Cell[]): RoleCell => ({
          name: `${id}/${sample.name}/${name}`,
          trust: { entry, options: placedIn(entry, sample.options, partition) },
          permissions: its.map(({ useCase, options }) => ({
            entry: useCase,
            options: inPartition(withoutPlace(options), partition, region),
          })),
          place: { account, region, partition },
        });
        const unreviewed = isUnreviewed(sample.options);
        const fit = unreviewed ? readers : jobs;
        cells.push(
          make(
            partition,
            [at, at + 1].map((index) => fit[index % fit.length]!),
          ),
        );
        if (unreviewed) refused.push(...writers.map((job) => make(`${partition}/${job.useCase.id}`, [job])));
      }
    }
  }
  return { cells, refused };
}

/** Whether a sample of a trust entry lets in code that nobody has reviewed, by its words; the commands go by the documents. */
function isUnreviewed(options: object): boolean {
  return /"(?:pullRequests|mergeRequests)":true|pull_request|_request_event|refs\/(?:pull|merge-requests)\//.test(
    JSON.stringify(options),
  );
}

/**
 * Whether a job changes nothing, by the verbs of its actions; the commands go by AWS's service reference. Both take the lock file
 * of a Terraform state for nothing of the infrastructure.
 */
function onlyReads({ useCase, options }: Cell): boolean {
  return build(useCase, options).Statement.every(
    ({ Action = [], Resource = [] }) =>
      Resource.every((resource) => resource.endsWith('.tflock')) ||
      Action.every((action) => /^[a-z0-9-]+:(?:BatchCheck|BatchGet|Get|List|Describe|Decrypt)/.test(action)),
  );
}

/** Where a sample is compared: its own region where the issuer is of one, else every partition, or the first alone. */
function placesOf(
  entry: TrustEntry,
  options: Readonly<Record<string, unknown>>,
  everywhere: boolean,
): (readonly [partition: string, region: string])[] {
  const { region } = options;
  if (isOfRegion(entry) && typeof region === 'string') return [[partitionOfRegion.get(region)!, region]];
  return Object.entries(regions).slice(0, everywhere ? undefined : 1);
}

/** Whether who issues the tokens depends on a region, which is then no place of the role. */
function isOfRegion({ issuer, options }: TrustEntry): boolean {
  return issuer !== undefined && Object.hasOwn(options, 'region');
}

/** The options of a sample without the role's own place, which the target gives; the account of who calls is kept. */
function placedIn(
  entry: TrustEntry,
  options: Readonly<Record<string, unknown>>,
  partition: string,
): Record<string, unknown> {
  const callers = entry.statements.some(({ principal }) => principal.type === 'AWS');
  const given = Object.entries(options).filter(
    ([name]) => name !== 'partition' && (name !== 'region' || isOfRegion(entry)) && (callers || name !== 'account'),
  );
  return inPartition(Object.fromEntries(given), partition);
}

/** The options with their ARNs in a partition, and in a region of it. */
function inPartition(options: object, partition: string, region?: string): Record<string, unknown> {
  const text = JSON.stringify(options).replace(
    /arn:aws(?:-cn|-us-gov)?:([a-z0-9-]+):([a-z0-9-]*):/g,
    (_, service: string, where: string) => `arn:${partition}:${service}:${where === '' ? '' : (region ?? where)}:`,
  );
  return JSON.parse(text) as Record<string, unknown>;
}

/** What the role is in core. */
export function expectedRole({ trust, permissions, place }: RoleCell): Role {
  return buildRole({ trust, permissions, roleName: 'ci', boundary: true, ...place });
}

/** The documents of core. */
export function documentsOf({ trust, policies, boundary }: Role): PolicyDocument[] {
  return [trust, ...policies.map(({ document }) => document), boundary!.policy!.document];
}

/** The documents of a target in the same order. */
export function textsOf({ trust, policies, boundary }: RoleTexts): string[] {
  return [trust, ...policies, boundary];
}

/** The role as a file of options; `open` leaves the place out. */
export function roleFile({ trust, permissions, place }: RoleCell, open = false): object {
  return {
    trust: { [trust.entry.id]: trust.options },
    permissions: permissions.map(({ entry, options }) => ({ [entry.id]: options })),
    boundary: true,
    roleName: 'ci',
    ...(open ? {} : { account: place.account, region: place.region }),
  };
}

/** Prints the role in a format of the command line; `open` leaves the place to the format's own symbols. */
export async function printRole(cell: RoleCell, format: string, open = false): Promise<string> {
  return postern(['role', '--options', '-', '--format', format], JSON.stringify(roleFile(cell, open)));
}

interface RoleDetails {
  readonly RoleDetailList: readonly { readonly AssumeRolePolicyDocument: unknown }[];
  readonly Policies: readonly { readonly PolicyVersionList: readonly { readonly Document: unknown }[] }[];
}

/** The role as details of an account, JSON or YAML. */
export async function fromDetails(cell: RoleCell, format: 'json' | 'yaml'): Promise<RoleTexts> {
  const { RoleDetailList, Policies } = parseYaml(await printRole(cell, format)) as RoleDetails;
  const documents = Policies.map(({ PolicyVersionList }) => JSON.stringify(PolicyVersionList[0]!.Document));
  return inOrder(JSON.stringify(RoleDetailList[0]!.AssumeRolePolicyDocument), documents);
}

/** The role as commands of the AWS CLI, read as a shell does. */
export async function fromCommands(cell: RoleCell): Promise<RoleTexts> {
  const text = await printRole(cell, 'aws-cli');
  const values = (flag: string) =>
    [...text.matchAll(new RegExp(`${flag} '((?:[^']|'\\\\'')*)'`, 'g'))].map((match) =>
      match[1]!.replaceAll(`'\\''`, "'"),
    );
  return inOrder(values('--assume-role-policy-document')[0]!, values('--policy-document'));
}

export interface RoleTemplate {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>
  >;
}

/** The role as a CloudFormation template of the command line. */
export async function fromTemplate(
  cell: RoleCell,
  format: 'cloudformation' | 'cloudformation-json',
  open: boolean,
): Promise<RoleTexts> {
  return inTemplate(parseYaml(await printRole(cell, format, open)) as RoleTemplate, cell);
}

/** The role of a CDK app; without `env` the place comes from tokens. */
export function fromCdk({ trust, permissions, place }: RoleCell, agnostic: boolean): RoleTexts {
  const { account, region, partition } = place;
  const app = new App({ builtinCloudFormationValidation: false } as ConstructorParameters<typeof App>[0]);
  const stack = new Stack(app, 'Stack', agnostic ? {} : { env: { account, region } });
  new CdkRole(stack, 'Role', {
    trust: chosen(trust.entry, trust.options as never),
    permissions: permissions.map(({ entry, options }) => chosen(entry, options as never)),
    boundary: true,
    roleName: 'ci',
  });
  return inTemplate(app.synth().getStackByName('Stack').template as RoleTemplate, {
    place: { account, region, partition },
  });
}

function inTemplate({ Resources }: RoleTemplate, { place }: Pick<RoleCell, 'place'>): RoleTexts {
  const values = valuesOf(Resources, place);
  const of = (type: string, property: string) =>
    Object.values(Resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => JSON.stringify(resolveIntrinsics(Properties[property], values)));
  return inOrder(of('AWS::IAM::Role', 'AssumeRolePolicyDocument')[0]!, of('AWS::IAM::ManagedPolicy', 'PolicyDocument'));
}

/** What CloudFormation puts in the place of its symbols: the place, and the ARNs of identity providers of the template. */
export function valuesOf(
  resources: RoleTemplate['Resources'],
  { account, region, partition }: RoleCell['place'],
): Values {
  const providers = Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
    Type !== 'AWS::IAM::OIDCProvider'
      ? []
      : [
          [
            `${id}.Arn`,
            `arn:${partition}:iam::${account}:oidc-provider/${String(Properties['Url']).replace('https://', '')}`,
          ],
        ],
  );
  return { ...pseudoParameters(account, region, partition), ...(Object.fromEntries(providers) as object) };
}

/** The boundary stands behind the policies. */
function inOrder(trust: string, policies: readonly string[]): RoleTexts {
  return { trust, policies: policies.slice(0, -1), boundary: policies.at(-1)! };
}
