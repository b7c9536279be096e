import { quote, visible } from '../../document/problem.js';
import { foreignCharacter, refusalOfKnown, type Masked } from '../deferred.js';
import { respell, spellOption } from '../host.js';
import { isResourceForm, type TextForm } from '../option/form.js';
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

const compiledPatterns = new Map<string, RegExp>();

function matches(pattern: string, text: string): boolean {
  let compiled = compiledPatterns.get(pattern);
  if (compiled === undefined) compiledPatterns.set(pattern, (compiled = new RegExp(pattern)));
  return compiled.test(text);
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
  if (known.includes('${') || /[*?]/.test(known)) {
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
  const refused = form.refuse?.find(({ pattern }) => matches(pattern, text));
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
  if (form.refuse?.some(({ pattern }) => matches(pattern, text)) === true) return false;
  if (isResourceForm(form) && text.startsWith('arn:')) return true;
  const wild = /[*?]/.test(text);
  if (wild && (!scoped || scope === 'exact')) return false;
  const pattern = wild ? form.wildcardPattern : form.pattern;
  return pattern !== undefined && text.length >= form.shortest && text.length <= form.longest && matches(pattern, text);
}

/** What is wrong with a text; undefined where nothing is. */
function textProblem(reading: Reading, { name, option, several }: AskedText, text: string): string | undefined {
  const { scope, host } = reading;
  const { form } = option;
  const refused = refusalOf(reading, option, text);
  if (refused !== undefined) return refused;
  const wild = /[*?]/.test(text);
  const isInLength = text.length >= form.shortest && text.length <= form.longest;
  if (isInLength && text !== '' && !wild && !text.includes('${') && matches(form.pattern, text)) return undefined;
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
