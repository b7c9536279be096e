import { parseArn } from '../../document/arn.js';
import type { ResourceForm } from '../option/form.js';
import { checkArnPlace } from './anchor.js';
import { refuseArn } from './arn-shape.js';
import { readDeferredArn } from './deferred-arn.js';
import { withoutEnding } from './ending.js';
import { givenName, isDeferred, placeholder, report, type Item, type Reading } from './reading.js';
import { checkText, refusalOf, type AskedText } from './text-problem.js';

/**
 * Reads an ARN back to the name in it.
 * @param vouched whether the user said that it is one of this form
 */
export function readArn(reading: Reading, asked: AskedText, form: ResourceForm, text: string, vouched = false): Item {
  if (isDeferred(reading, text)) return readDeferredArn(reading, asked, form, text, vouched);
  const refused = refusalOf(reading, asked.option, text);
  if (refused !== undefined) {
    report(reading, asked.path, refused);
    return placeholder(reading, form.example, text);
  }
  const parsed = parseArn(text);
  const name = parsed?.service === form.arn.service ? nameIn(reading, form, parsed.resource) : undefined;
  if (
    parsed === undefined ||
    name === undefined ||
    form.arn.regional === (parsed.region === '') ||
    form.arn.account === (parsed.account === '')
  ) {
    return refuseArn(reading, asked, form, text);
  }
  checkText(reading, asked, name);
  checkArnPlace(reading, asked, text, parsed);
  return { name, arn: text };
}

/** The way back from the sixth part of an ARN to the name; undefined where the shape is another. */
function nameIn(reading: Reading, form: ResourceForm, resource: string): string | undefined {
  let rest = resource;
  for (const part of form.arn.resource) {
    if (typeof part === 'string') {
      if (!rest.startsWith(part)) return undefined;
      rest = rest.slice(part.length);
    } else if (part.slot === 'text') {
      const expected = givenName(reading, part.option);
      const known = expected !== undefined && !isDeferred(reading, expected);
      if (known && !rest.startsWith(expected)) return undefined;
      rest = rest.slice(known ? expected.length : rest.indexOf('/'));
    } else return withoutEnding(form, rest);
  }
  return undefined;
}
