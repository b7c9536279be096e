import { quote, type Caller, type Comparison, type Principal } from '@postern/core';
import type { Gain } from '../access/gains.js';
import type { StatementPiece } from '../access/pieces.js';
import type { ShownWitness } from '../access/request.js';
import { isDeferred } from '../policies/deferred.js';

/** How a text of a policy is set off from ours: in backticks, or as Markdown needs it. */
export type Code = (text: string) => string;

/** A witness in words: the action, the resource, what the request must hold besides, and what it must not. */
export function describeWitness(
  { principal, action, resource, context, absent, inReference }: ShownWitness,
  code: Code = quote,
): string {
  const keys = Object.entries(context).map(([key, value]) => {
    const values = typeof value === 'string' ? [value] : value;
    return `${code(key)} = ${values.map((text) => code(text)).join(', ')}`;
  });
  const own = principal === undefined ? ' without a resource' : '';
  const where = resource === '*' ? own : ` on ${code(resource)}`;
  const literal = resource.includes('${') ? ' (literally: no variable there)' : '';
  const present = keys.length === 0 ? '' : ` with ${keys.join(' and ')}`;
  const missing =
    absent.length === 0
      ? ''
      : ` when ${absent.map((key) => code(key)).join(' and ')} ${absent.length === 1 ? 'is' : 'are'} absent`;
  const known = isDeferred(resource)
    ? ' (known only after deployment)'
    : inReference
      ? ''
      : " (only a pattern: AWS's service reference has no such request)";
  const by = principal === undefined ? '' : ` by ${describeCaller(principal, code)}`;
  return `${code(action)}${by}${where}${literal}${present}${missing}${known}`;
}

/** Who makes a request, in words. */
function describeCaller(caller: Caller, code: Code = quote): string {
  if (caller === 'anonymous') return 'somebody without credentials';
  return code(Object.values(caller)[0] ?? '');
}

/** Whom a statement names, in words. */
function describePrincipal(principal: Principal, code: Code): string {
  if (principal === '*') return 'anybody';
  const all = Object.entries(principal).flatMap(([type, texts]) =>
    texts.map((text) => (text === '*' ? `anybody of type ${code(type)}` : code(text))),
  );
  return some(all, 4);
}

/** The pattern of a piece in words. */
function describePiece(piece: StatementPiece, code: Code = quote): string {
  const { action, notAction = [], resource, notResource = [], condition, principal, notPrincipal, actions } = piece;
  const list = (texts: readonly string[]) =>
    some(
      texts.map((text) => code(text)),
      4,
    );
  const named = actions === undefined || actions.length < 2 ? code(action ?? '') : list(actions);
  const by = [
    ...(principal === undefined ? [] : [` by ${describePrincipal(principal, code)}`]),
    ...(notPrincipal === undefined ? [] : [` by all but ${describePrincipal(notPrincipal, code)}`]),
  ].join('');
  const what = `${action === undefined ? `every action except ${list(notAction)}` : named}${by}`;
  const isOwn = resource === undefined && notResource.length === 0 && (principal ?? notPrincipal) !== undefined;
  const where = isOwn
    ? ''
    : resource === undefined
      ? `on every resource except ${list(notResource)}`
      : /^\*+$/.test(resource)
        ? 'on every resource'
        : `on ${code(resource)}`;
  const conditions = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => code(`${operator} ${key} = ${values.join(', ')}`)),
  );
  return `${[what, where].filter((text) => text !== '').join(' ')}${conditions.length === 0 ? '' : ` under ${conditions.join(' and ')}`}`;
}

/** Which way a pattern went: gained or lost from before to after, or more than a job needs. */
export type Side = 'gained' | 'lost' | 'extra';

const sides: Readonly<Record<Side, { readonly partly: string; readonly denied: string }>> = {
  gained: { partly: 'was allowed before', denied: 'no longer denied' },
  lost: { partly: 'is still allowed', denied: 'now denied' },
  extra: { partly: 'is needed', denied: 'not denied' },
};

/** What was gained, in words: the pattern, and how much of it. */
export function describeGain(gain: Gain, side: Side, code: Code = quote): string {
  if (gain.effect === 'Deny') return `${sides[side].denied}: ${describePiece(gain, code)}`;
  const partly = gain.partly ? `, part of which ${sides[side].partly}` : '';
  const limited = gain.limited ? ', less what a Deny takes away' : '';
  return `${describePiece(gain, code)}${partly}${limited}`;
}

/** The first of a list, and how many there are besides. */
export function some(texts: readonly string[], most: number): string {
  if (texts.length <= most) return texts.join(', ');
  return `${texts.slice(0, most).join(', ')}, … and ${texts.length - most} more`;
}

/** How many patterns a sentence has. */
const mostInSentence = 4;

/** What was gained and lost, in one sentence. */
export function describeComparison(
  { relation, reason }: Pick<Comparison, 'relation' | 'reason'>,
  gains: readonly Gain[],
  losses: readonly Gain[],
  unseen: { readonly gains: number; readonly losses: number },
): string {
  const list = (all: readonly Gain[], hidden: number): string => {
    const shown = all.slice(0, mostInSentence);
    const more = all.length - shown.length + hidden;
    const texts = shown.map((gain) => {
      const [pattern, example] = [describePiece(gain), describeWitness(gain.witness)];
      return pattern === example ? pattern : `${pattern} (for example ${example})`;
    });
    return `${texts.join(', ')}${more > 0 ? `, … and ${more} more` : ''}`;
  };
  // What a Deny let go is gained as well; the sentence says so by a word of its own.
  const told = (all: readonly Gain[], hidden: number, word: string, undenied: string): string => {
    const [allowed, denied] = [
      all.filter(({ effect }) => effect === 'Allow'),
      all.filter(({ effect }) => effect === 'Deny'),
    ];
    return [
      ...(allowed.length > 0 || denied.length === 0 ? [`${word}: ${list(allowed, hidden)}`] : []),
      ...(denied.length > 0 ? [`${undenied}: ${list(denied, allowed.length > 0 ? 0 : hidden)}`] : []),
    ].join('; ');
  };
  const gained = told(gains, unseen.gains, 'gained', 'no longer denied');
  const lost = told(losses, unseen.losses, 'lost', 'now denied');
  switch (relation) {
    case 'equal':
      return 'Nothing is gained and nothing is lost: both allow the same requests.';
    case 'wider':
      return `Access is ${gained}; none is lost.`;
    case 'narrower':
      return `Access is ${lost}; none is gained.`;
    case 'incomparable':
      return `Access is ${gained}; and ${lost}.`;
    case 'unknown': {
      const known = [...(gains.length > 0 ? [gained] : []), ...(losses.length > 0 ? [lost] : [])];
      return `What was gained and lost is not fully known: ${reason}${known.length === 0 ? '' : `; ${known.join('; ')}`}.`;
    }
  }
}
