import { compilePattern, readPattern, type Matcher, type PatternElement } from './pattern.js';
import type { Context } from './request.js';
import { isShort, resourceForms, withoutLastStars, type ParsedResource, type StarReading } from './resource-form.js';
import { hasVariable, readText, substitute, type TemplateText } from './variables.js';

/** A resource or ARN in a request, taken apart when a pattern first asks for its parts. */
export class RequestArn {
  private split: readonly string[] | undefined;
  private isSplit = false;

  constructor(readonly text: string) {}

  /** The six parts; undefined where the text is no ARN (it does not start with `arn:` or has fewer parts). */
  get parts(): readonly string[] | undefined {
    if (!this.isSplit) {
      this.split = splitArn(this.text);
      this.isSplit = true;
    }
    return this.split;
  }
}

/** Says whether a request's ARN matches one policy value. */
export type ArnMatcher = (arn: RequestArn, context: Context) => boolean;

const everything: ArnMatcher = () => true;
const nothing: ArnMatcher = () => false;

/** The sixth part takes all that is left. */
function splitArn(text: string): string[] | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const parts: string[] = [];
  let start = 0;
  while (parts.length < 5) {
    const colon = text.indexOf(':', start);
    if (colon < 0) return undefined;
    parts.push(text.slice(start, colon));
    start = colon + 1;
  }
  parts.push(text.slice(start));
  return parts;
}

/**
 * Builds the matcher for one `Resource` value. The six parts are matched one by one, but a `*` that ends one of the first
 * five runs on past the colon; a short ARN is read as if `*` stood in the missing parts; variables count in the sixth
 * part only, and a value with one before it matches nothing. A request for `*` (no resource) matches only `*` itself. A
 * value that is no ARN, which IAM refuses today, is compared as a whole.
 * @param reading how a `*` at the end of a part is read, where not as IAM's page has it
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function compileResource(text: string, variables: boolean, reading: StarReading = 'runs'): ArnMatcher {
  if (/^\*+$/.test(text)) return everything;
  if (!text.startsWith('arn:')) {
    const matches = compileText(text, variables);
    return (arn, context) => arn.text !== '*' && matches(arn.text, context);
  }
  const substitutes = variables && text.includes('${');
  if (!isShort(text) && !/[*?]/.test(text) && !substitutes) return (arn) => arn.text === text;
  const forms = resourceForms(text, reading);
  if (substitutes && forms[0]!.parts.some((part) => part.text.includes('${'))) return nothing;
  const matchers = forms.map((form) => compileForm(form, variables));
  return matchers.length === 1 ? matchers[0]! : (arn, context) => matchers.some((matches) => matches(arn, context));
}

function compileForm(form: ParsedResource, variables: boolean): ArnMatcher {
  const { parts, rest } = form;
  const wild = (text: string): boolean => /[*?]/.test(text);
  if (!parts.some(({ runs }) => runs)) {
    const matchers = [...parts.map(({ text }) => compileText(text, false)), compileText(rest!, variables)];
    return (arn, context) => {
      const values = arn.parts;
      return values !== undefined && matchers.every((matches, index) => matches(values[index]!, context));
    };
  }
  if (parts.some(({ text, runs }) => wild(runs ? withoutLastStars(text) : text))) {
    return compileRunning(form, variables);
  }
  // Every wildcard crosses colons, so the whole is one pattern.
  const first = parts.map(({ text }) => text).join(':');
  const template =
    rest === undefined ? readPattern(first) : [...readPattern(`${first}:`), ...readText(rest, variables, true)];
  const matches = compileTemplate(template);
  return (arn, context) => arn.parts !== undefined && matches(arn.text, context);
}

/** Stars that run on beside wildcards that stay in their part: the places the parts have come to are kept in order. */
function compileRunning({ parts, rest }: ParsedResource, variables: boolean): ArnMatcher {
  const matchers = parts.map(({ text, runs }) => ({ runs, matches: compilePattern(readPattern(text)) }));
  const template = rest === undefined ? undefined : readText(rest, variables, true);
  return (arn, context) => {
    if (arn.parts === undefined) return false;
    const pieces = arn.text.split(':');
    let places = [0];
    for (const { runs, matches } of matchers) {
      const matched = places.filter((place) => place < pieces.length && matches(pieces[place]!));
      if (matched.length === 0) return false;
      const next = matched[0]! + 1;
      places = runs
        ? Array.from({ length: pieces.length + 1 - next }, (_, index) => next + index)
        : matched.map((place) => place + 1);
    }
    if (template === undefined) return places.at(-1) === pieces.length;
    const elements = substitute(template, context, arn.text.length);
    return elements !== undefined && endsAtSome(elements, arn.text, pieces, places);
  };
}

/** Whether the text matches from the start of one of the pieces on. */
function endsAtSome(
  elements: readonly PatternElement[],
  text: string,
  pieces: readonly string[],
  places: readonly number[],
): boolean {
  const starts: number[] = [];
  let start = 0;
  for (const piece of pieces) {
    starts.push(start);
    start += piece.length + 1;
  }
  const tails = places.filter((place) => place < pieces.length).map((place) => text.slice(starts[place]));
  const matches = compilePattern(elements);
  const star = elements.indexOf('*');
  if (star < 0) return tails.some(matches);
  // Behind a `*` the rest is found from the leftmost place, if from any.
  const begins = compilePattern(elements.slice(0, star + 1));
  const leftmost = tails.find(begins);
  return leftmost !== undefined && matches(leftmost);
}

/**
 * Builds the matcher for one value of an Arn operator: the six parts one by one, variables anywhere. `*` alone matches
 * every value; a value in the request that is no ARN matches nothing else.
 */
export function compileArnValue(text: string, variables: boolean): ArnMatcher {
  if (/^\*+$/.test(text)) return everything;
  const template = readText(text, variables, true);
  if (!hasVariable(template)) return fromElements(template as PatternElement[]);
  return (arn, context) => {
    const elements = substitute(template, context, arn.text.length);
    return elements !== undefined && fromElements(elements)(arn, context);
  };
}

function fromElements(elements: readonly PatternElement[]): ArnMatcher {
  const colon = ':'.charCodeAt(0);
  const parts: PatternElement[][] = [[]];
  for (const element of elements) {
    if (element === colon && parts.length < 6) parts.push([]);
    else parts[parts.length - 1]!.push(element);
  }
  const matchers = parts.map(compilePattern);
  return (arn) => {
    const values = arn.parts;
    return values !== undefined && matchers.every((matches, index) => matches(values[index]!));
  };
}

/** Builds the matcher for a text with wildcards and, if allowed, variables. */
export function compileText(text: string, variables: boolean): (value: string, context: Context) => boolean {
  return compileTemplate(readText(text, variables, true));
}

function compileTemplate(template: TemplateText): (value: string, context: Context) => boolean {
  if (!hasVariable(template)) {
    const matches: Matcher = compilePattern(template as PatternElement[]);
    return matches;
  }
  return (value, context) => {
    const elements = substitute(template, context, value.length);
    return elements !== undefined && compilePattern(elements)(value);
  };
}
