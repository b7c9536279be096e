import {
  hasForm,
  isLeftOut,
  tryBuild,
  type Item,
  type OptionsOf,
  type PolicyDocument,
  type UseCase,
} from '@postern/core';
import type { CellOptions } from './scenario.js';

/** Options with the policy they give. */
export interface OpenCell {
  readonly name: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly options: CellOptions;
  readonly policy: PolicyDocument;
  /** The scenarios it is for; undefined for all that apply. */
  readonly only: readonly string[] | undefined;
  /** What acts, where the plan says it. */
  readonly principal?: 'role' | 'user' | undefined;
  /** The roles that the job assumes, the one with the policy first, where the plan says it. */
  readonly assumed?: readonly [own: string, ...others: readonly string[]] | undefined;
}

/**
 * Builds the policy of a cell.
 * @throws {Error} where the options do not build: they are the plan's own, or were checked before
 */
export function openCell(
  useCase: UseCase,
  name: string,
  given: Readonly<Record<string, unknown>>,
  only?: readonly string[],
): OpenCell {
  const { document, problems, resolved } = tryBuild(useCase, given as OptionsOf<UseCase>);
  const [problem] = problems;
  if (problem !== undefined) throw new Error(`${useCase.id}, ${name}: ${problem.path}: ${problem.message}`);
  const { values, place } = resolved;

  const names = (option: string): string[] => {
    const value = values[option];
    if (typeof value === 'string') return [value];
    if (Array.isArray(value)) return (value as readonly Item[]).map((item) => plain(item.name ?? nameIn(item.arn)));
    const about = useCase.options[option];
    return hasForm(about) && about.required && isLeftOut(about, values['scope']) ? [about.form.example] : [];
  };
  const region = place.region ?? 'eu-west-1';
  return {
    name,
    given,
    policy: document,
    only,
    options: {
      is: (option, ...wanted) => wanted.includes(values[option] as string | boolean),
      names,
      arns(option, prefix) {
        const value = values[option];
        if (!Array.isArray(value)) return [];
        return (value as readonly Item[]).map(({ arn, name }) => plain(arn ?? `${prefix}${name}`));
      },
      name: (option) => names(option)[0],
      account: place.account ?? '123456789012',
      region,
      partition: place.partition ?? 'aws',
    },
  };
}

/** A pattern stands for many names: this is one of them. */
function plain(name: string): string {
  return name.replaceAll('*', 'some').replaceAll('?', 'y');
}

function nameIn(arn: string | undefined): string {
  return (arn ?? '').split(/[:/]/).at(-1) ?? '';
}
