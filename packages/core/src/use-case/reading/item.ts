import { quote } from '../../document/problem.js';
import { beginningOf } from '../deferred.js';
import { isResourceForm, type ResourceForm, type TextForm } from '../option/form.js';
import { anchor } from './anchor.js';
import { readArn } from './arn.js';
import { isDeferred, masked, placeholder, report, type Item, type PlacePart, type Reading } from './reading.js';
import { checkText, type AskedText } from './text-problem.js';
import { withoutUrl } from './url.js';

/** Reads one text or one resource. */
export function readItem(reading: Reading, asked: AskedText, value: unknown): Item {
  const { path, option } = asked;
  const { form } = option;
  if (typeof value === 'string') {
    if (isResourceForm(form)) {
      if (value.startsWith('arn:')) return readArn(reading, asked, form, value);
      if (isDeferred(reading, value) && 'arn:'.startsWith(beginningOf(masked(reading, value).text))) {
        const known = 'is known only at deployment, and may be a name or an ARN';
        const next = `write \`{ name: … }\` or \`{ arn: … }\` of the ${form.title} around it`;
        report(reading, path, `${quote(value)} ${known}: ${next}`);
        return placeholder(reading, form.example);
      }
    }
    const text = form.url === undefined ? value : withoutUrl(reading, asked, value);
    checkText(reading, asked, text);
    return { name: plainName(form, text), arn: undefined };
  }
  if (isResourceForm(form) && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return readReference(reading, asked, form, value);
  }
  const quotes = typeof value === 'number' ? 'put it in quotes, for example' : 'write text, for example';
  report(reading, path, `${quote(value)} is no ${form.title}, which is a string: ${quotes} "${form.example}"`);
  return placeholder(reading, String(value));
}

/** A name without what it may begin with or not: with and without, it is one resource. */
function plainName(form: TextForm, name: string): string {
  const start = isResourceForm(form) ? form.arn.optionalStart : undefined;
  return start !== undefined && name.startsWith(start) ? name.slice(start.length) : name;
}

/** What `{ arn, name }` may hold. */
interface UncheckedReference {
  readonly arn?: unknown;
  readonly name?: unknown;
  readonly place?: unknown;
}

const parts: ReadonlySet<string> = new Set(['arn', 'name', 'place'] satisfies (keyof UncheckedReference)[]);

function readReference(reading: Reading, asked: AskedText, form: ResourceForm, reference: UncheckedReference): Item {
  const { path, option } = asked;
  const { arn, name, place } = reference;
  const texts = [arn, name].filter((text) => text !== undefined);
  const isForeign = Object.keys(reference).some((key) => !parts.has(key));
  if (texts.length === 0 || texts.some((text) => typeof text !== 'string') || isForeign) {
    const ways = 'write `{ arn }`, `{ name }` or both, each a string';
    report(reading, path, `${quote(reference)} is no reference to a resource: ${ways}`);
    return placeholder(reading, form.example);
  }
  const item = typeof arn === 'string' ? readArn(reading, asked, form, arn, true) : undefined;
  if (typeof name === 'string' && name !== item?.name) checkText(reading, asked, name);
  if (typeof place === 'object' && place !== null) {
    anchor(reading, path, option, String(arn ?? name), placeOf(form, place));
  }
  if (typeof name === 'string') {
    const start = form.arn.optionalStart;
    const unread = isDeferred(reading, name) ? beginningOf(masked(reading, name).text) : name;
    if (start !== undefined && item === undefined && unread === '') {
      const next = `write \`{ arn: … }\` of the ${form.title}`;
      report(reading, path, `${quote(name)} is known only at deployment, and may begin with \`${start}\`: ${next}`);
    }
    return { name: plainName(form, name), arn: item?.arn };
  }
  return item ?? placeholder(reading, form.example);
}

/** The parts of a place that an ARN of the form would have. */
function placeOf(
  { arn }: ResourceForm,
  { account, region }: Partial<Record<PlacePart, unknown>>,
): Partial<Record<PlacePart, string>> {
  return {
    ...(arn.account && typeof account === 'string' ? { account } : {}),
    ...(arn.regional && typeof region === 'string' ? { region } : {}),
  };
}
