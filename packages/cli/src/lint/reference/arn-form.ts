import { compilePattern, readPattern } from '@postern/core';
import { kindOfName, type NameKind } from './names.js';

/** An ARN as the service reference writes it: literal text and placeholders. */
export interface ArnForm {
  /** As AWS writes it, such as `arn:${Partition}:s3:::${BucketName}`. */
  readonly text: string;
  readonly pieces: readonly FormPiece[];
}

/** Literal text, or a placeholder with what may stand in its place. */
export type FormPiece = { readonly literal: string } | { readonly hole: string; readonly kind: NameKind };

/** Longer than any ARN. What is longer is not looked at. */
const longest = 2048;

/** Reads the ARN forms of one resource type: AWS puts several into one text where it joins pages. */
export function readForms(text: string, service: string): ArnForm[] {
  return text.split(/,\s*(?=arn:)/).map((form) => ({
    text: form,
    pieces: form.split(/(\$\{[^}]*\}|\*)/).flatMap((part): FormPiece[] => {
      if (part === '') return [];
      const name = part === '*' ? '*' : /^\$\{(.*)\}$/.exec(part)?.[1];
      return [name === undefined ? { literal: part } : { hole: name, kind: kindOfName(service, name) }];
    }),
  }));
}

/** One step of a form: a character, one character of a class, or any number of them. */
type ArnStep = number | { readonly kind: NameKind; readonly run: boolean };

/** The same form, with names that may hold colons where nothing speaks against it, and with none. */
interface Steps {
  readonly byParts: readonly ArnStep[];
  readonly running: readonly ArnStep[];
}

const stepsOfForm = new WeakMap<ArnForm, Steps>();

function stepsOf(form: ArnForm): Steps {
  let steps = stepsOfForm.get(form);
  if (steps === undefined) {
    const read = (colons: boolean): ArnStep[] =>
      form.pieces.flatMap((piece): ArnStep[] => {
        if ('literal' in piece) return Array.from(piece.literal, (character) => character.charCodeAt(0));
        const kind = piece.kind === 'anything' && !colons ? 'path' : piece.kind;
        const run = { kind, run: true };
        // Some ARNs leave region and account empty where their form has a placeholder.
        return piece.hole === 'Region' || piece.hole === 'Account' ? [run] : [{ kind, run: false }, run];
      });
    steps = { byParts: read(true), running: read(false) };
    stepsOfForm.set(form, steps);
  }
  return steps;
}

/**
 * Whether some ARN of the form matches the resource of a policy, read as widely as AWS may: part by part, or with stars
 * that run over the colons; a variable stands for anything, a short ARN goes on with a star.
 */
export function mayBe(resource: string, form: ArnForm): boolean {
  const known = meetings.get(form) ?? new Map<string, boolean>();
  meetings.set(form, known);
  let answer = known.get(resource);
  if (answer === undefined) {
    answer = meetsForm(resource, form);
    // A fleet asks the same again and again; a hostile policy must not fill the memory.
    if (known.size >= 500) known.clear();
    known.set(resource, answer);
  }
  return answer;
}

const meetings = new WeakMap<ArnForm, Map<string, boolean>>();

function meetsForm(resource: string, form: ArnForm): boolean {
  const text = widened(resource);
  if (text.length > longest || /^\*+$/.test(text)) return true;
  const [, partition = '', service = ''] = text.split(':', 3);
  const isLiteral = /^[\w-]+$/.test(partition) && /^[\w-]+$/.test(service);
  const [, , own = ''] = form.text.split(':', 3);
  if (isLiteral && own !== service && !own.includes('$')) return false;
  const { byParts, running } = stepsOf(form);
  return meets(text, byParts, fifthColon(text)) || meets(text, running, 0);
}

/** @param narrow up to which character a wildcard stands for no colon */
function meets(text: string, steps: readonly ArnStep[], narrow: number): boolean {
  const width = steps.length + 1;
  let row = new Uint8Array(width);
  row[0] = 1;
  for (let index = 0; ; index += 1) {
    skipEmpty(row, steps);
    const letter = text[index];
    if (letter === undefined) return row[steps.length] === 1;
    if (letter === '*') {
      spread(row, steps, index < narrow);
      continue;
    }
    const next = new Uint8Array(width);
    for (let place = 0; place < steps.length; place += 1) {
      if (row[place] === 1 && takes(steps[place]!, letter)) next[isRun(steps[place]!) ? place : place + 1] = 1;
    }
    if (!next.includes(1)) return false;
    row = next;
  }
}

function fifthColon(text: string): number {
  let position = -1;
  for (let colons = 0; colons < 5; colons += 1) {
    position = text.indexOf(':', position + 1);
    if (position < 0) return text.length;
  }
  return position;
}

function isRun(step: ArnStep): boolean {
  return typeof step === 'object' && step.run;
}

function takes(step: ArnStep, letter: string): boolean {
  if (letter === '?') return true;
  if (typeof step === 'number') return letter.charCodeAt(0) === step;
  return step.kind === 'anything' || (letter !== ':' && (step.kind === 'path' || letter !== '/'));
}

/** A run may be empty. */
function skipEmpty(row: Uint8Array, steps: readonly ArnStep[]): void {
  for (let place = 0; place < steps.length; place += 1) {
    if (row[place] === 1 && isRun(steps[place]!)) row[place + 1] = 1;
  }
}

const colon = ':'.charCodeAt(0);

/** After a star everything that comes later may have been reached; where it is narrow, up to the next colon. */
function spread(row: Uint8Array, steps: readonly ArnStep[], narrow: boolean): void {
  for (let place = 0; place < steps.length; place += 1) {
    if (row[place] === 1 && !(narrow && steps[place] === colon)) row[place + 1] = 1;
  }
}

/** The resource with variables as stars and missing parts added. */
function widened(resource: string): string {
  const text = resource.replace(/\$\{[^{}]*\}/g, '*');
  const parts = text.split(':');
  return parts.length < 6 && parts[0] === 'arn' ? `${text}${':*'.repeat(6 - parts.length)}` : text;
}

/** How much of a resource type the resource of a policy takes in. */
export type ArnReach =
  /** All there are, as `*` does: in every region or the one named, whatever the account. */
  | 'everything'
  /** All of one account. */
  | 'account'
  /** Some by their names. */
  | 'named';

const unlikely = '\ue000';

/** How much of the form's type a resource takes in. */
export function reachOf(resource: string, form: ArnForm): ArnReach {
  if (/^\*+$/.test(resource)) return 'everything';
  if (resource.length > longest || !/[*?]/.test(resource)) return 'named';
  const parts = resource.split(':');
  const text = parts.length < 6 && parts[0] === 'arn' ? `${resource}${':*'.repeat(6 - parts.length)}` : resource;
  const matches = compilePattern(readPattern(text));
  const own = (index: number): string => (/^[\w-]+$/.test(parts[index] ?? '') ? parts[index]! : unlikely);
  const fill = (account: string): string =>
    form.pieces
      .map((piece) => {
        if ('literal' in piece) return piece.literal;
        if (piece.hole === 'Partition') return own(1);
        if (piece.hole === 'Region') return own(3);
        return piece.hole === 'Account' ? account : unlikely;
      })
      .join('');
  if (matches(fill(unlikely))) return 'everything';
  return matches(fill(own(4))) ? 'account' : 'named';
}

const allowed: Readonly<Record<NameKind, RegExp>> = { name: /^[^/:]*/, path: /^[^:]*/, anything: /^.*/s };

/** The ARN of the form that is nearest to what the policy has: its own parts as far as they fit, and stars. */
export function suggest(resource: string, form: ArnForm): string {
  const parts = resource.split(':');
  const given = parts.slice(5).join(':');
  const [, , service] = form.text.split(':');
  const sameService = parts[2] === service;
  let rest = sameService ? given : '';
  let text = '';
  let stopped = rest === '';
  for (const piece of form.pieces) {
    if ('literal' in piece) {
      text += piece.literal;
      const tail = afterFifthColon(text, piece.literal);
      if (tail === undefined || stopped) continue;
      if (rest.startsWith(tail)) rest = rest.slice(tail.length);
      else stopped = true;
      continue;
    }
    if (piece.hole === 'Partition') text += parts[1] || 'aws';
    else if (piece.hole === 'Region') text += (sameService && parts[3]) || '*';
    else if (piece.hole === 'Account') text += (sameService && parts[4]) || '*';
    else {
      const taken = stopped ? '' : (allowed[piece.kind].exec(rest)?.[0] ?? '');
      text += taken === '' ? '*' : taken;
      rest = rest.slice(taken.length);
      stopped ||= taken === '';
    }
  }
  return text;
}

/** What of a literal, which the text ends with, belongs to the resource part. */
function afterFifthColon(text: string, literal: string): string | undefined {
  let position = -1;
  for (let colons = 0; colons < 5; colons += 1) {
    position = text.indexOf(':', position + 1);
    if (position < 0) return undefined;
  }
  const resource = text.slice(position + 1);
  return literal.length > resource.length ? resource : literal;
}
