import { quote, visible } from '../../document/problem.js';
import { foreignCharacter, refusalOfKnown, type Masked } from '../deferred.js';
import { respell, spellOption } from '../host.js';
import { isResourceForm, type RefusedText, type TextForm } from '../option/form.js';
import type { FormOption } from '../option/form-option.js';
import { isDeferred, masked, report, type Reading } from './reading.js';

/** What a text is given for. */
export interface AskedText {
  readonly path: string;
  readonly name: string;
  readonly option: FormOption;
  /** Whether the option takes several. */
  readonly several: boolean;
}

/** What IAM reads as a wildcard. */
const wildcard = /[*?]/;

const compiledPatterns = new Map<string, RegExp>();

function matches(pattern: string, text: string): boolean {
  let compiled = compiledPatterns.get(pattern);
  if (compiled === undefined) compiledPatterns.set(pattern, (compiled = new RegExp(pattern)));
  return compiled.test(text);
}

const refusals = new WeakMap<TextForm, RegExp>();

/** The refusal that a text meets. Most meet none, which one look at all patterns together says. */
function refusalIn(form: TextForm, text: string): RefusedText | undefined {
  const { refuse } = form;
  if (refuse === undefined) return undefined;
  let together = refusals.get(form);
  if (together === undefined) {
    together = new RegExp(refuse.map(({ pattern }) => `(?:${pattern})`).join('|'));
    refusals.set(form, together);
  }
  return together.test(text) ? refuse.find(({ pattern }) => matches(pattern, text)) : undefined;
}

function describeLength(text: string): string {
  return text.length === 1 ? '1 character' : `${text.length} characters`;
}

/** How long a text of this form may be: "names have 2 to 256 characters". */
export function describeLimits(form: TextForm): string {
  return `${isResourceForm(form) ? 'names' : 'texts'} have ${form.shortest} to ${form.longest} characters`;
}

/** The values in a text that holds several: separated by commas, semicolons or blanks, perhaps in brackets and quotes. */
function severalIn(form: TextForm, text: string): { readonly parts: readonly string[]; readonly fit: boolean } {
  if (text.length > 2000) return { parts: [], fit: false };
  const parts = text
    .replace(/[[\]"']/g, ' ')
    .split(/[\s,;]+/)
    .filter((part) => part !== '');
  const isOne = (part: string) => {
    const arn = isResourceForm(form) && part.startsWith(`arn:`);
    return arn || (part.length >= form.shortest && part.length <= form.longest && matches(form.pattern, part));
  };
  return { parts, fit: parts.every(isOne) };
}

/** Checks a text, or what is known of it. */
export function checkText(reading: Reading, asked: AskedText, text: string): void {
  const message = isDeferred(reading, text)
    ? knownPartProblem(reading, asked, text, masked(reading, text))
    : textProblem(reading, asked, text);
  if (message !== undefined) report(reading, asked.path, message);
}

/** What is wrong with the known part of a text, whatever the rest will be. */
function knownPartProblem(reading: Reading, asked: AskedText, text: string, masked: Masked): string | undefined {
  const { form } = asked.option;
  const { known } = masked;
  const refused = refusalOfKnown(form, masked);
  if (refused !== undefined) return `${quote(text)} ${respell(refused, reading.entry, reading.host)}`;
  if (known.length > form.longest) {
    return `${quote(text)} has ${describeLength(known)} and more, and ${describeLimits(form)}`;
  }
  if (known.includes('${') || wildcard.test(known)) {
    const filled = masked.fill('a');
    return textProblem(reading, asked, filled)?.replaceAll(quote(filled), () => quote(text));
  }
  const foreign = foreignCharacter(form.pattern, known);
  if (foreign === undefined) return undefined;
  return `${quote(text)} is no ${form.title}: ${quote(foreign)} cannot stand in one: use ${form.says}`;
}

/** Why a text is something else than what is asked for; undefined where it is not. */
export function refusalOf(reading: Reading, option: FormOption, text: string): string | undefined {
  const { entry, host } = reading;
  const { form } = option;
  // Longer texts are refused for their length, without a look that costs more than it.
  if (text.length > 2000) return undefined;
  const refused = refusalIn(form, text);
  if (refused === undefined) return undefined;
  const { pattern, say, here } = refused;
  const what = `${text === '' ? 'an empty text' : quote(text)} ${respell(say, entry, host)}`;
  if (here === undefined) return what;
  const instead = (written: string) => text.replace(new RegExp(pattern), written);
  const [, alone] = /^`([^`]*)`$/.exec(here) ?? [];
  if (alone !== undefined && !fits(reading, option, instead(alone))) return what;
  return `${what}, here ${visible(instead(respell(here, entry, host)))}`;
}

/** Whether a text may be written in place of a refused one. */
function fits({ scope }: Reading, { form, scoped }: FormOption, text: string): boolean {
  if (refusalIn(form, text) !== undefined) return false;
  if (isResourceForm(form) && text.startsWith('arn:')) return true;
  const wild = wildcard.test(text);
  if (wild && (!scoped || scope === 'exact')) return false;
  const pattern = wild ? form.wildcardPattern : form.pattern;
  return pattern !== undefined && text.length >= form.shortest && text.length <= form.longest && matches(pattern, text);
}

/** What is wrong with a text; undefined where nothing is. */
function textProblem(reading: Reading, asked: AskedText, text: string): string | undefined {
  const { form } = asked.option;
  const refused = refusalOf(reading, asked.option, text);
  if (refused !== undefined) return refused;
  const isInLength = text !== '' && text.length >= form.shortest && text.length <= form.longest;
  const isExact = isInLength && !wildcard.test(text) && !text.includes('${');
  return isExact && matches(form.pattern, text) ? undefined : misfit(reading, asked, text);
}

/** Why a text that is not refused is none of the form; undefined where it is a pattern, and patterns may stand here. */
function misfit({ scope, host }: Reading, { name, option, several }: AskedText, text: string): string | undefined {
  const { form } = option;
  const wild = wildcard.test(text);
  const asked = `use ${form.says}, for example \`${form.example}\``;
  if (text === '') return `an empty text is no ${form.title}: ${asked}`;
  if (text.includes('${')) {
    return `${quote(text)} holds \`\${\`, which IAM reads as a policy variable: write the text itself`;
  }
  const apart = (parts: readonly string[]) =>
    `if several are meant, write ${spellOption(host, name, `[${parts.join(', ')}]`)}`;
  if (text.length > form.longest || (text.length < form.shortest && !wild)) {
    const { parts, fit } = severalIn(form, text);
    if (several && fit && parts.length > 1) return `${quote(text)} is no ${form.title}: ${apart(parts)}`;
    if (form.shortest === form.longest) return `${quote(text)} is no ${form.title}: ${asked}`;
    return `${quote(text)} is no ${form.title}: it has ${describeLength(text)}, and ${describeLimits(form)}; ${asked}`;
  }
  if (wild) {
    if (form.wildcardPattern === undefined || !option.scoped) {
      return `${quote(text)} holds a wildcard, and ${spellOption(host, name)} is always exact, whatever the scope: ${asked}`;
    }
    if (scope === 'exact') {
      return `${quote(text)} holds a character that IAM reads as a wildcard, and the scope is \`exact\`: set ${spellOption(host, 'scope', 'pattern')} if a pattern is meant, else the name cannot be written in a policy`;
    }
    return matches(form.wildcardPattern, text) ? undefined : `${quote(text)} is no pattern for ${form.title}: ${asked}`;
  }
  const { parts, fit } = severalIn(form, text);
  if (!several || parts.length < 2) return `${quote(text)} is no ${form.title}: ${asked}`;
  return `${quote(text)} is no ${form.title}: ${fit ? apart(parts) : `${asked}; ${apart(parts)}`}`;
}
