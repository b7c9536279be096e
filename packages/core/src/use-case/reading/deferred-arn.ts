import { parseArn, type Arn } from '../../document/arn.js';
import { quote } from '../../document/problem.js';
import { beginningOf, holdsMark, refusalOfKnown } from '../deferred.js';
import { endingOf, type ResourceForm } from '../option/form.js';
import { respell } from '../host.js';
import { checkArnPlace } from './anchor.js';
import { refuseArn } from './arn-shape.js';
import { withoutEnding } from './ending.js';
import { givenName, isDeferred, masked, placeholder, report, type Item, type Reading } from './reading.js';
import { checkText, type AskedText } from './text-problem.js';

/**
 * Reads an ARN of which some parts, or all, are known only later.
 * @param vouched whether the user said that it is one of this form
 */
export function readDeferredArn(
  reading: Reading,
  asked: AskedText,
  form: ResourceForm,
  text: string,
  vouched: boolean,
): Item {
  const { path } = asked;
  const unread = masked(reading, text);
  const refused = refusalOfKnown(form, unread);
  if (refused !== undefined) {
    report(reading, path, `${quote(text)} ${respell(refused, reading.entry, reading.host)}`);
    return placeholder(reading, form.example, text);
  }
  const parsed = parseArn(unread.text);
  const name = parsed === undefined ? 'unknown' : nameInDeferred(reading, form, parsed.resource);
  const isWrong = parsed === undefined ? !mayBecomeArn(unread.text) : name === 'wrong' || !mayBeOf(form, parsed);
  if (isWrong) return refuseArn(reading, asked, form, text);
  if (parsed !== undefined) {
    const { partition, region, account } = parsed;
    checkArnPlace(reading, asked, text, {
      partition: unread.restore(partition),
      region: unread.restore(region),
      account: unread.restore(account),
    });
  }
  if (typeof name === 'object') {
    const restored = unread.restore(name.name);
    checkText(reading, asked, restored);
    return { name: restored, arn: text };
  }
  if (vouched) return { name: undefined, arn: text };
  const next = `write \`{ arn: … }\` around it if it is that of the ${form.title}`;
  report(reading, path, `${quote(text)} may be the ARN of something else: ${next}`);
  return placeholder(reading, form.example, text);
}

/** Whether a masked text with fewer than six parts could still be an ARN. */
function mayBecomeArn(text: string): boolean {
  return holdsMark(text.split(':').slice(0, 5).join(':')) && 'arn:'.startsWith(beginningOf(text).slice(0, 4));
}

/** Whether what is known of an ARN goes with the form. */
function mayBeOf({ arn }: ResourceForm, { service, region, account }: Arn): boolean {
  const mayBe = (part: string, isThere: boolean) => isThere === (holdsMark(part) || part !== '');
  return (holdsMark(service) || service === arn.service) && mayBe(region, arn.regional) && mayBe(account, arn.account);
}

/** The name in a resource part with unknown pieces. */
function nameInDeferred(
  reading: Reading,
  form: ResourceForm,
  resource: string,
): { name: string } | 'unknown' | 'wrong' {
  let rest = resource;
  for (const part of form.arn.resource) {
    if (typeof part === 'string') {
      if (!rest.startsWith(part)) return holdsMark(rest) && part.startsWith(beginningOf(rest)) ? 'unknown' : 'wrong';
      rest = rest.slice(part.length);
    } else if (part.slot === 'text') {
      const end = rest.indexOf('/');
      if (end < 0) return holdsMark(rest) ? 'unknown' : 'wrong';
      const expected = givenName(reading, part.option);
      const given = rest.slice(0, end);
      const both = expected !== undefined && !isDeferred(reading, expected) && !holdsMark(given);
      if (both && expected !== given) return 'wrong';
      rest = rest.slice(end);
    } else return rest === '' ? 'wrong' : behindName(form, rest);
  }
  return 'wrong';
}

/** The name before the ending of an ARN, of which a piece may not be known yet. */
function behindName(form: ResourceForm, rest: string): { name: string } | 'unknown' | 'wrong' {
  const name = withoutEnding(form, rest);
  if (name !== undefined) return { name };
  const behind = rest.slice(-endingOf(form).length);
  return holdsMark(behind) ? 'unknown' : 'wrong';
}
