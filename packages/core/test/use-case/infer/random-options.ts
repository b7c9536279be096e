import { hasForm, isLeftOut, kindOf, tryBuild, type Option, type TextForm, type UseCase } from '../../../src/index.js';
import type { Random } from '../../access/random.js';

export const account = '123456789012';
const regions = ['eu-west-1', 'cn-north-1', 'us-gov-west-1'];

/** Options drawn at random from what an entry takes; only those that build. */
export function drawOptions(useCase: UseCase, random: Random): Record<string, unknown> {
  for (let tries = 0; tries < 5000; tries += 1) {
    const scope = random.pick(['exact', 'exact', 'pattern', 'account']);
    const scoped = Object.hasOwn(useCase.options, 'scope') ? { scope } : {};
    const options: Record<string, unknown> = { ...scoped, account, region: random.pick(regions) };
    for (const [name, option] of Object.entries(useCase.options)) {
      if (name in options || name === 'partition' || name === 'allowUnknownRegion') continue;
      const value = draw(option, scope, random);
      if (value !== undefined) options[name] = value;
    }
    if (tryBuild(useCase, options).problems.length === 0) return options;
  }
  throw new Error(`no random options of ${useCase.id} build`);
}

function draw(option: Option, scope: string, random: Random): unknown {
  const kind = kindOf(option);
  if (isLeftOut(option, scope) || (!kind.isRequired(option) && random.chance(0.6))) return undefined;
  const pool = hasForm(option) ? names(option.form, option.scoped && scope === 'pattern') : [];
  return kind.arbitrary<unknown>(option, pool, {
    one: (values) => random.pick(values),
    some: (values) => [...new Set(random.some(values, 3))],
  });
}

function names(form: TextForm, patterns: boolean): string[] {
  const { example } = form;
  const exact = [example, `${example}-2`, `${example}x`, `a${example}`, `other/${example}`].filter(
    (name) => new RegExp(form.pattern).test(name) && name.length <= form.longest,
  );
  return patterns && form.wildcardPattern !== undefined ? [...exact, `${example}*`, `a?${example}`] : exact;
}
