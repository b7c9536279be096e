import { hasForm, kindOf, type Entry, type FormOption, type HclCheck, type Option, type UrlForm } from '@postern/core';
import { quoted, snakeCase, type Hcl } from './hcl.js';

/** An option that a bucket holds, and how it is read from a URL. */
interface Held {
  readonly name: string;
  readonly option: Option & FormOption;
  readonly url: UrlForm;
}

/** What a variable holds, as a list of none, one or several. */
export const givenIn = (option: string): Hcl => `flatten([for x in [var.${snakeCase(option)}] : x if x != null])`;

/** The same one by one, also where several stand in one text. */
function eachIn(name: string, useCase: Entry): Hcl {
  const option = useCase.options[name];
  const given = givenIn(name);
  return (option === undefined ? undefined : kindOf(option).hcl.apart?.(given)) ?? given;
}

const isUrl = ({ pattern }: UrlForm, item: Hcl): Hcl => `can(regex(${quoted(pattern)}, ${item}))`;

const replaced = (item: Hcl, { pattern }: UrlForm, by: string): Hcl =>
  `replace(${item}, ${quoted(`/${pattern}/`)}, ${quoted(by)})`;

function heldBy(holder: string, useCase: Entry): Held[] {
  return Object.entries(useCase.options).flatMap(([name, option]) =>
    hasForm(option) && option.within === holder && option.form.url !== undefined
      ? [{ name, option, url: option.form.url }]
      : [],
  );
}

/** A text that is in `item`, read from the URL where it is one; `item` itself where the option takes none. */
export function withoutUrl(option: FormOption, item: Hcl, useCase: Entry): Hcl {
  const { url } = option.form;
  if (url === undefined) return item;
  const [holder] = Object.entries(useCase.options).find(([, one]) => one === option) ?? [''];
  return replaced(
    heldBy(holder, useCase).reduce((text, held) => replaced(text, held.url, '$1'), item),
    url,
    url.as,
  );
}

/** What the URLs of buckets say of an option that they hold: a list. */
function saidByHolder({ name, url }: Held, holder: string, useCase: Entry): Hcl {
  const others = heldBy(holder, useCase);
  const earlier = others.slice(
    0,
    others.findIndex((one) => one.name === name),
  );
  const isMine = [isUrl(url, 'x'), ...earlier.map((one) => `!${isUrl(one.url, 'x')}`)].join(' && ');
  return `[for x in ${eachIn(holder, useCase)} : ${replaced('x', url, url.as)} if ${isMine}]`;
}

/** What was given for an option, read from URLs, its own and that of its bucket: a list. */
export function givenOf(name: string, option: Option & FormOption, useCase: Entry): Hcl {
  const { url } = option.form;
  if (url === undefined) return eachIn(name, useCase);
  const own = `[for x in ${eachIn(name, useCase)} : ${withoutUrl(option, 'x', useCase)}]`;
  if (option.within === undefined) return own;
  const said = saidByHolder({ name, option, url }, option.within, useCase);
  return kindOf(option).defaultOf(option) === undefined ? `concat(${own}, ${said})` : `[concat(${said}, ${own})[0]]`;
}

/** What must hold of an option and the URL of its bucket. */
export function urlChecks(
  name: string,
  option: Option & FormOption,
  useCase: Entry,
  fits: (item: Hcl) => Hcl,
  misfit: string,
): HclCheck[] {
  const { within, form } = option;
  const { url } = form;
  if (within === undefined || url === undefined) return [];
  const variable = snakeCase(name);
  const holder = snakeCase(within);
  const said = saidByHolder({ name, option, url }, within, useCase);
  const fallback = kindOf(option).defaultOf(option);
  const own =
    fallback === undefined
      ? `length(${eachIn(name, useCase)}) == 0`
      : `var.${variable} == ${typeof fallback === 'string' ? quoted(fallback) : String(fallback)}`;
  return [
    [
      `alltrue([for x in ${eachIn(name, useCase)} : !${isUrl(url, 'x')} || (length(local.${holder}) == 1 && contains([for one in local.${holder} : one.name], ${replaced('x', url, '$1')}))])`,
      `${variable} holds a URL in another bucket than ${holder} says: make them agree.`,
    ],
    [
      `length(${said}) == 0 || (${own} && length(${eachIn(within, useCase)}) == 1)`,
      `${holder} is a URL that names ${variable} too, which is given or is for several buckets alike: write the bucket alone.`,
    ],
    [`alltrue([for item in ${said} : ${fits('item')}])`, misfit],
  ];
}
