import { quote } from '../../document/problem.js';
import { spellOption } from '../host.js';
import { hasForm, type FormOption } from '../option/form-option.js';
import { kindOf } from '../option/kind-of.js';
import type { Option } from '../option.js';
import { isDeferred, report, type Reading } from './reading.js';
import { partsOfUrl } from './url.js';

/** An option whose bucket holds what other options name, with these in their order. */
export interface UrlOption {
  readonly name: string;
  readonly held: readonly (readonly [string, Option & FormOption])[];
}

/** The options of an entry that are within others, by the ones that hold them. */
export function holdersIn(options: Readonly<Record<string, Option>>): readonly UrlOption[] {
  const within = Object.entries(options).flatMap(([name, option]) =>
    hasForm(option) && option.within !== undefined ? [[name, option] as const] : [],
  );
  return [...new Set(within.map(([, option]) => option.within!))].map((name) => ({
    name,
    held: within.filter(([, option]) => option.within === name),
  }));
}

/**
 * Puts what the URL of a bucket says besides the bucket into the option that it belongs to, so that `s3://bucket/prefix/` may
 * be given where the bucket is asked for.
 */
export function spreadUrl(reading: Reading, { name, held }: UrlOption, input: Record<string, unknown>): void {
  const given = input[name];
  const several = Array.isArray(given);
  const values: readonly unknown[] = several ? given : [given];
  const read = values.map((value, index) => {
    if (typeof value !== 'string' || !value.includes('://') || isDeferred(reading, value)) return value;
    const path = several ? `${name}[${index}]` : name;
    for (const [inside, option] of held) {
      const parts = partsOfUrl(option, value);
      if (parts === undefined) continue;
      const fault = faultOf(reading, inside, option, input[inside], values.length);
      if (fault === undefined) input[inside] = kindOf(option).ofItems([parts.text]);
      else {
        const alone = `write the bucket alone, here ${quote(parts.bucket)}`;
        report(reading, path, `${quote(value)} names ${quote(parts.text)} in the bucket too, ${fault}: ${alone}`);
      }
      return parts.bucket;
    }
    return value;
  });
  input[name] = several ? read : read[0];
}

/** Why what stands behind a bucket cannot be taken; undefined where it can. */
function faultOf(
  { host }: Reading,
  inside: string,
  option: Option,
  given: unknown,
  buckets: number,
): string | undefined {
  if (buckets > 1) return `and ${spellOption(host, inside)} is for all buckets alike`;
  const isGiven = given !== undefined && given !== null && given !== kindOf(option).defaultOf(option);
  return isGiven ? `and ${spellOption(host, inside)} is given` : undefined;
}
