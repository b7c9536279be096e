import { readdirSync } from 'node:fs';
import {
  hasForm,
  isLeftOut,
  isResourceForm,
  kindOf,
  quotas,
  size,
  tryBuild,
  type Draws,
  type FormOption,
  type Option,
  type OptionsOf,
  type UseCase,
} from '@postern/core';
import fc from 'fast-check';

/** A use case with options that build: what every target is given. */
export interface Cell {
  readonly name: string;
  readonly useCase: UseCase;
  readonly options: OptionsOf<UseCase>;
}

const permissions = new URL('../../../packages/core/src/catalog/permissions/', import.meta.url);

/** One region of each partition that is compared. */
export const regions = { aws: 'eu-west-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' } as const;
/** Another region of each, for what a sample names elsewhere. */
const otherRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-northwest-1',
  'aws-us-gov': 'us-gov-east-1',
};
export const account = '123456789012';

interface NamedOptions {
  readonly name: string;
  readonly options: OptionsOf<UseCase>;
}

/** The samples of every entry, in every partition. */
export async function sampleCells(): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const id of readdirSync(permissions).sort()) {
    const entry = (await import(new URL(`${id}/entry.ts`, permissions).href)) as Record<string, UseCase>;
    const { samples } = (await import(new URL(`${id}/cases.ts`, permissions).href)) as {
      samples: readonly NamedOptions[];
    };
    const [useCase] = Object.values(entry) as [UseCase];
    for (const sample of samples) {
      for (const [partition, region] of Object.entries(regions)) {
        const own = (sample.options as { readonly region?: string }).region;
        const moved = (one: string) => (one === own ? region : otherRegions[partition]!);
        const lists = Object.entries(sample.options as Readonly<Record<string, unknown>>).filter(([name]) => {
          const option = useCase.options[name];
          return name !== 'region' && hasForm(option) && option.form.isRegion === true;
        });
        const elsewhere = lists.map(
          ([name, value]) => [name, [value].flat().map((one) => moved(String(one)))] as const,
        );
        const placed = { ...sample.options, ...Object.fromEntries(elsewhere), region };
        const text = JSON.stringify(placed).replace(
          /arn:aws(?:-cn|-us-gov)?:([a-z0-9-]+):([a-z0-9-]*):/g,
          (_, service: string, where: string) => `arn:${partition}:${service}:${where === '' ? '' : moved(where)}:`,
        );
        cells.push({
          name: `${id}/${sample.name}/${partition}`,
          useCase,
          options: JSON.parse(text) as Cell['options'],
        });
      }
    }
  }
  return cells;
}

/** The first sample of every entry, in the place of the other targets. */
export async function exampleCells(): Promise<Cell[]> {
  const samples = (await sampleCells()).filter(({ name }) => name.endsWith('/aws'));
  return [...new Map(samples.toReversed().map((cell) => [cell.useCase.id, cell])).values()].toReversed();
}

/** Options without account and region, which the target's own place gives. */
export function withoutPlace(options: Cell['options']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'account' && name !== 'region'));
}

/**
 * The use cases that a run is about: all, or those that `POSTERN_USE_CASE` names.
 * @throws {Error} where it names one that is not there
 */
export function chosenUseCases(
  useCases: readonly UseCase[],
  names = process.env['POSTERN_USE_CASE'],
): readonly UseCase[] {
  if (names === undefined || names === '') return useCases;
  return names.split(',').map((id) => {
    const useCase = useCases.find((one) => one.id === id);
    if (useCase === undefined)
      throw new Error(`\`${id}\` in \`POSTERN_USE_CASE\` is no use case: see \`postern list\``);
    return useCase;
  });
}

/** Options drawn at random from what an entry takes; only those that build, and fit a managed policy. */
export function randomCells(useCase: UseCase, count: number, seed: number): Cell[] {
  const cells: Cell[] = [];
  const drawn = fc.sample(optionsArbitrary(useCase), { seed, numRuns: count * 60 });
  for (const options of drawn) {
    if (cells.length === count) break;
    const { document, problems } = tryBuild(useCase, options);
    if (problems.length > 0 || size(document) > quotas.managedPolicy.characters) continue;
    cells.push({ name: `${useCase.id}/random-${cells.length}`, useCase, options });
  }
  return cells;
}

function optionsArbitrary(useCase: UseCase): fc.Arbitrary<Cell['options']> {
  const scopes = fc.constantFrom('exact', 'exact', 'pattern', 'account');
  const places = fc.constantFrom(...Object.entries(regions));
  return fc.tuple(scopes, places).chain(([scope, [partition, region]]) => {
    const fields = Object.entries(useCase.options).flatMap(([name, option]): [string, fc.Arbitrary<unknown>][] => {
      if (['scope', 'account', 'region', 'partition', 'allowUnknownRegion'].includes(name)) return [];
      return [[name, valueArbitrary(useCase, option, scope, partition, region)]];
    });
    return fc.record(Object.fromEntries(fields)).map((values) => {
      const given = Object.entries(values).filter(([, value]) => value !== undefined);
      const scoped = Object.hasOwn(useCase.options, 'scope') ? { scope } : {};
      return { ...Object.fromEntries(given), ...scoped, account, region } as Cell['options'];
    });
  });
}

const draws: Draws<fc.Arbitrary<unknown>> = {
  one: (values) => fc.constantFrom(...values),
  some: (values) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
};

function valueArbitrary(
  useCase: UseCase,
  option: Option,
  scope: string,
  partition: string,
  region: string,
): fc.Arbitrary<unknown> {
  const absent = fc.constant(undefined);
  if (isLeftOut(option, scope)) return absent;
  const kind = kindOf(option);
  const pool = hasForm(option)
    ? [...poolFor(option.form, option.scoped && scope === 'pattern', partition, region), ...urlsFor(useCase, option)]
    : [];
  const value = kind.arbitrary(option, pool, draws);
  return kind.isRequired(option) ? value : fc.oneof({ weight: 3, arbitrary: absent }, { weight: 2, arbitrary: value });
}

/** The same by URL, with what is in a bucket and without. */
function urlsFor(useCase: UseCase, { form, within }: FormOption): string[] {
  if (form.url === undefined) return [];
  if (within === undefined)
    return [`s3://${form.example}`, `s3://${form.example}-url/a/b`, `s3a://${form.example}-url/c/`];
  const bucket = useCase.options[within];
  return hasForm(bucket) ? [`s3://${bucket.form.example}/d/e`] : [];
}

function poolFor(form: FormOption['form'], patterns: boolean, partition: string, region: string): string[] {
  const { example } = form;
  if (form.isRegion === true) return [region, otherRegions[partition]!];
  const names = [example, `${example}-2`, `${example}x`, `a${example}`].filter((name) =>
    new RegExp(form.pattern).test(name),
  );
  const wild = patterns && form.wildcardPattern !== undefined ? [`${example}*`, `a?${example}`] : [];
  if (!isResourceForm(form) || form.arn.resource.some((part) => typeof part === 'object' && part.slot === 'text'))
    return [...names, ...wild];
  const { service, regional, resource } = form.arn;
  // Not one of the names: where a list may reach elsewhere, nobody can tell before deployment that both are the same.
  const others = [`${example}-3`, `b${example}`, example.replace(/\d/, (digit) => (digit === '9' ? '8' : '9'))];
  const other = others.find((name) => name !== example && new RegExp(form.pattern).test(name)) ?? example;
  const last = resource.map((part) => (typeof part === 'string' ? part : other)).join('');
  return [
    ...names,
    ...wild,
    `arn:${partition}:${service}:${regional ? region : ''}:${form.arn.account ? account : ''}:${last}`,
  ];
}
