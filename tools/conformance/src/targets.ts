import { endingOf, hasForm, isResourceForm, type FormOption } from '@postern/core';
import { run } from '@postern/cli';
import { UseCasePolicy as CdkPolicy } from '@postern/cdk';
import { App, Lazy, Stack } from 'aws-cdk-lib/core';
import { parse as parseYaml } from 'yaml';
import type { Cell } from './cells.js';
import { pseudoParameters, resolveIntrinsics } from './cloudformation.js';

/** Runs `postern` in this process and gives its standard output. */
export async function postern(args: readonly string[], stdin: string): Promise<string> {
  let stdout = '';
  let stderr = '';
  async function* input() {
    yield stdin;
  }
  const io = {
    stdin: input(),
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: {},
  };
  if ((await run(args, io, '0.0.0')) !== 0) throw new Error(stderr);
  return stdout;
}

/** Prints a cell in a format of the command line; `open` leaves the place to the format's own symbols. */
export async function generate({ useCase, options }: Cell, format: string, open = false): Promise<string> {
  const { account, region, ...rest } = options;
  const given = open ? rest : { account, region, ...rest };
  return postern(['generate', useCase.id, '--options', '-', '--format', format], JSON.stringify(given));
}

interface PolicyTemplate {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: { readonly PolicyDocument: unknown } }>
  >;
}

function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function documentIn(template: PolicyTemplate, { options }: Cell): string {
  const policy = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::IAM::ManagedPolicy');
  const region = String(options['region']);
  const values = pseudoParameters(String(options['account']), region, partitionOf(region));
  return JSON.stringify(resolveIntrinsics(policy?.Properties.PolicyDocument, values));
}

/** The document in a CloudFormation template of the command line, intrinsics resolved. */
export async function cloudFormation(
  cell: Cell,
  format: 'cloudformation' | 'cloudformation-json',
  open: boolean,
): Promise<string> {
  const text = await generate(cell, format, open);
  return documentIn((format === 'cloudformation' ? parseYaml(text) : JSON.parse(text)) as PolicyTemplate, cell);
}

/**
 * Every text of a cell as a token that resolves to it; resources as a name, or as ARN and name, whichever they are. What a name
 * may begin with or not stands before the token, since nobody could leave it out of one.
 */
function deferText(value: unknown, form: FormOption['form']): unknown {
  if (Array.isArray(value)) return value.map((item) => deferText(item, form));
  // Nobody could read a URL that is not known yet.
  if (typeof value !== 'string' || (form.url !== undefined && value.includes('://'))) return value;
  const token = (text: string) => Lazy.string({ produce: () => text });
  if (!isResourceForm(form)) return token(value);
  if (value.startsWith('arn:')) {
    const named = value.slice(0, value.length - endingOf(form).length);
    // A name may have slashes in it: where nothing but fixed text stands before it, it is all that follows.
    const parts = form.arn.resource;
    const [start, behind] = typeof parts[0] === 'string' ? parts : ['', ...parts];
    const resource = named.split(':').slice(5).join(':');
    const isPlain = typeof start === 'string' && typeof behind === 'object' && behind.slot === 'itself';
    const name = isPlain && resource.startsWith(start) ? resource.slice(start.length) : /[^/:]+$/.exec(named)![0];
    return { arn: token(value), name: token(name) };
  }
  const { optionalStart: start = '' } = form.arn;
  return { name: `${start}${token(value.startsWith(start) ? value.slice(start.length) : value)}` };
}

/** The same with every text of the options a token, which nobody can check or sort before synthesis. */
export function cdkDeferred(cell: Cell): string {
  const { account, region, ...options } = cell.options as Record<string, unknown> & { account: string; region: string };
  // A URL may only say what is in a bucket where it is known which bucket that is, and what else is given of it.
  const besideUrl = new Set(
    Object.entries(cell.useCase.options).flatMap(([name, held]) => {
      if (!hasForm(held) || held.within === undefined) return [];
      return [options[name], options[held.within]].flat().some((text) => String(text).includes('://'))
        ? [name, held.within]
        : [];
    }),
  );
  const deferred = Object.entries(options).map(([name, value]) => {
    const option = cell.useCase.options[name];
    return [name, hasForm(option) && !besideUrl.has(name) ? deferText(value, option.form) : value] as const;
  });
  const app = new App({ builtinCloudFormationValidation: false } as ConstructorParameters<typeof App>[0]);
  const stack = new Stack(app, 'Stack', { env: { account, region } });
  new CdkPolicy(stack, 'Policy', cell.useCase, Object.fromEntries(deferred) as never);
  return documentIn(app.synth().getStackByName('Stack').template as PolicyTemplate, cell);
}

/** The document in the template of a CDK app; without `env` the place comes from tokens. */
export function cdk(cell: Cell, agnostic: boolean, minimize: boolean): string {
  const { account, region, ...options } = cell.options as Record<string, unknown> & { account: string; region: string };
  const context = minimize ? { '@aws-cdk/aws-iam:minimizePolicies': true } : {};
  const app = new App({ context, builtinCloudFormationValidation: false } as ConstructorParameters<typeof App>[0]);
  const stack = new Stack(app, 'Stack', agnostic ? {} : { env: { account, region } });
  new CdkPolicy(stack, 'Policy', cell.useCase, options as never);
  return documentIn(app.synth().getStackByName('Stack').template as PolicyTemplate, cell);
}
