import type { World } from '@postern/sandbox';
import type { CellOptions } from '../../scenario.js';

/** A parameter or a secret: its name, its ARN, and what a client calls it by. */
export interface StoredSecret {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly region: string;
}

export const ending = '-AbCdEf';
export const head = ({ partition, region, account }: CellOptions, service: string) =>
  `arn:${partition}:${service}:${region}:${account}`;

/** With levels, a name begins with the slash that its ARN has anyway. */
const withSlash = (name: string) => (name.includes('/') ? `/${name}` : name);

function parametersIn(options: CellOptions, option: string): StoredSecret[] {
  const own = `${head(options, 'ssm')}:parameter/`;
  return options.arns(option, own).map((arn) => {
    const name = withSlash(arn.split(':parameter/')[1] ?? '');
    return { name, arn, id: arn.startsWith(own) ? name : arn, region: arn.split(':')[3] ?? '' };
  });
}

export const parametersOf = (options: CellOptions) => parametersIn(options, 'parameters');

export const pathsOf = (options: CellOptions) =>
  parametersIn(options, 'parameterPaths').map(({ name, ...rest }) => {
    const path = name.startsWith('/') ? name : `/${name}`;
    return { ...rest, name: path, id: path };
  });

/** What stands in each path: a parameter directly in it, and one a level below. */
export const within = ({ name }: StoredSecret) => [`${name}/token`, `${name}/database/password`] as const;

export function secretsOf(options: CellOptions): StoredSecret[] {
  const own = `${head(options, 'secretsmanager')}:secret:`;
  return options.arns('secrets', own).map((arn) => {
    const name = (arn.split(':secret:')[1] ?? '').slice(0, -ending.length);
    return { name, arn, id: arn.startsWith(own) ? name : arn, region: arn.split(':')[3] ?? '' };
  });
}

/** The secrets that each prefix finds. */
export const foundOf = (options: CellOptions): StoredSecret[] =>
  options.names('secretPrefixes').flatMap((prefix) =>
    ['npm', 'database/password'].map((rest) => ({
      name: `${prefix}${rest}`,
      arn: `${head(options, 'secretsmanager')}:secret:${prefix}${rest}${ending}`,
      id: `${prefix}${rest}`,
      region: options.region,
    })),
  );

export const valueOf = (name: string, stage = 'AWSCURRENT') => `${stage} of ${name}`;

export function keyArn(options: CellOptions, id = options.name('kmsKeys')): string | undefined {
  return id === undefined ? undefined : `${head(options, 'kms')}:key/${id}`;
}

export const otherKey = '00000000-12ab-34cd-96ef-1234567890ab';

export function addParameter(world: World, name: string, key: string | undefined): void {
  world.parameters.set(name, valueOf(name));
  if (key !== undefined) world.parameterKeys.set(name, key);
}

export function addSecret(
  world: World,
  { name, arn }: Pick<StoredSecret, 'name' | 'arn'>,
  kmsKey: string | undefined,
): void {
  const stages = ['AWSCURRENT', 'AWSPREVIOUS'].map((stage) => [stage, valueOf(name, stage)] as const);
  world.secrets.set(name, { name, arn, stages: new Map(stages), kmsKey });
}

/** Everything that the options name, and something that is none of the job's business. */
export function prepare(world: World, options: CellOptions): void {
  const key = keyArn(options);
  for (const { name } of parametersOf(options)) addParameter(world, name, key);
  for (const path of pathsOf(options)) for (const name of within(path)) addParameter(world, name, key);
  for (const secret of [...secretsOf(options), ...foundOf(options)]) addSecret(world, secret, key);
  addParameter(world, '/other/token', key);
  const arn = `${head(options, 'secretsmanager')}:secret:other${ending}`;
  addSecret(world, { name: 'other', arn }, key);
}
