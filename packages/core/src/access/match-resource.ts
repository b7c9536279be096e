import { compilePattern, type Matcher, type PatternElement } from './pattern.js';
import type { Context } from './request.js';
import { hasVariable, readText, substitute } from './variables.js';

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
 * Builds the matcher for one `Resource` value. The six parts are matched one by one, so that a `*` never crosses a colon
 * in the first five; a short ARN is read as if `*` stood in the missing parts; variables count in the sixth part only,
 * and a value with one before it matches nothing. A request for `*` (no resource) matches only `*` itself. A value that
 * is no ARN, which IAM refuses today, is compared as a whole.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function compileResource(text: string, variables: boolean): ArnMatcher {
  if (/^\*+$/.test(text)) return everything;
  if (!text.startsWith('arn:')) {
    const matches = compileText(text, variables);
    return (arn, context) => arn.text !== '*' && matches(arn.text, context);
  }
  const parts = splitFirstFive(text);
  // A plain ARN: part by part it is equal exactly where the whole is.
  if (parts.length === 6 && !/[*?]/.test(text) && !(variables && text.includes('${')))
    return (arn) => arn.text === text;
  if (variables && parts.slice(0, 5).some((part) => part.includes('${'))) return nothing;
  const matchers = parts.map((part, index) => compileText(part, variables && index === 5));
  return (arn, context) => {
    const values = arn.parts;
    return values !== undefined && matchers.every((matches, index) => matches(values[index]!, context));
  };
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
    const elements = substitute(template, context);
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

function splitFirstFive(text: string): string[] {
  const parts = text.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** Builds the matcher for a text with wildcards and, if allowed, variables. */
export function compileText(text: string, variables: boolean): (value: string, context: Context) => boolean {
  const template = readText(text, variables, true);
  if (!hasVariable(template)) {
    const matches: Matcher = compilePattern(template as PatternElement[]);
    return matches;
  }
  return (value, context) => {
    const elements = substitute(template, context);
    return elements !== undefined && compilePattern(elements)(value);
  };
}
