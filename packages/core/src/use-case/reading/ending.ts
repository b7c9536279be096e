import { endingOf, endingPattern, type ResourceForm } from '../option/form.js';

/** A name without what AWS puts behind it in the ARN; undefined where that is not there. */
export function withoutEnding(form: ResourceForm, rest: string): string | undefined {
  const ending = endingOf(form);
  if (ending === '') return rest;
  return new RegExp(`.${endingPattern(form)}$`).test(rest) ? rest.slice(0, -ending.length) : undefined;
}
