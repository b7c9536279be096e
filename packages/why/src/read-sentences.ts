import { denialOf, type FoundDenial, type ReadDenial } from './denial.js';
import { readEntities, readEscapes } from './escapes.js';
import { because, explicitDeny, readReason } from './reason.js';

/** Blanks, line ends, and the escapes of them. */
const gap = String.raw`(?:\s|\\+[nrt])+`;
const spaced = (text: string) => text.replaceAll(' ', gap);
const opening = new RegExp(spaced(String.raw`\bnot authorized to perform:?`), 'gi');
const action = new RegExp(String.raw`^(?:${gap})?["'\`\\]{0,4}([A-Za-z0-9-]{2,40}:[A-Za-z0-9*]{1,100})`);
const onResource = new RegExp(String.raw`^["'\`\\]{0,4}${gap}${spaced('on resource:?')}${gap}`, 'i');
const principal = new RegExp(
  String.raw`(?:User|Principal):?${gap}["'\`\\]{0,4}([^\s"'\`<>]{1,500}?)["'\`\\]{0,4}${gap}is${gap}$`,
);
/** `API: s3:CreateBucket Access Denied` of CloudFormation, and `doesn't have permission to call iam:GetRole`. */
const called =
  /(?:API: |permissions? to (?:call|perform)(?: action)?:? )([a-z0-9-]{2,40}:[A-Z][A-Za-z0-9]{1,100})(?= Access ?Denied| You are not authorized|\b(?! User:))/g;
/** A function's role, which Lambda tries out. */
const role = /does not have permissions to call ([A-Z][A-Za-z0-9]{1,60}) on ([A-Z][A-Za-z0-9]{1,30})\b/g;

/** The longest sentence that is read: an S3 key has up to 1,024 characters, each of which may be escaped. */
const longest = 8000;

/** Finds IAM's own sentence, `User: X is not authorized to perform: Y on resource: Z because ...`, and what is like it. */
export function readSentences(text: string): FoundDenial[] {
  const starts = [...text.matchAll(opening)];
  const found = starts.flatMap((match, number): FoundDenial[] => {
    const from = match.index + match[0].length;
    const next = starts[number + 1]?.index ?? text.length;
    const before = text.slice(Math.max(starts[number - 1]?.index ?? 0, match.index - 700), match.index);
    const inXml = before.lastIndexOf('<Message>') > before.lastIndexOf('</Message>');
    const read = readSentence(text.slice(from, Math.min(next, from + longest)));
    if (read === undefined) return [];
    const denial = inXml && read.resource !== undefined ? { ...read, resource: readEntities(read.resource) } : read;
    const who = principal.exec(before);
    const at = who === null ? match.index : match.index - (before.length - who.index);
    return [{ at, end: from, denial: { ...denial, principal: who === null ? undefined : unescaped(who[1]!) } }];
  });
  const api = [...text.matchAll(called)].map(({ index, 0: all, 1: name }) => ({
    at: index,
    end: index + all.length,
    denial: denialOf({ action: name, encoded: isEncoded(text.slice(index, index + 400)) }),
  }));
  const roles = [...text.matchAll(role)].map(({ index, 0: all, 1: operation, 2: service }) => ({
    at: index,
    end: index + all.length,
    denial: denialOf({ action: `${service!.toLowerCase()}:${operation}`, operation }),
  }));
  return [...found, ...api, ...roles];
}

export function isEncoded(text: string): boolean {
  return /encoded\s+authorization\s+failure\s+message:?\s+\S/i.test(text);
}

function readSentence(text: string): ReadDenial | undefined {
  const named = action.exec(text);
  if (named === null) return undefined;
  // Some services write their own prefix in capital letters: `SNS:Publish`.
  const own = named[1]!.replace(/^[^:]+/, (prefix) => prefix.toLowerCase());
  const behind = text.slice(named[0].length);
  const on = onResource.exec(behind);
  if (on === null) return refusal(own, undefined, behind);
  const value = behind.slice(on[0].length);
  // `on resource: with an explicit deny` names none.
  if (/^with\s+an\s+explicit/.test(value)) return refusal(own, undefined, ` ${value}`);
  const { resource, rest } = readValue(value);
  return refusal(own, resource, rest);
}

/** What the words about why add: the kind of policy, its ARN, and the action that it lacks where that is another one. */
function refusal(own: string, resource: string | undefined, behind: string): ReadDenial {
  const { reason, policy, action: lacked } = readReason(behind.slice(0, 800));
  const other = lacked !== undefined && lacked.toLowerCase() !== own.toLowerCase();
  return denialOf({
    action: other ? lacked : own,
    operation: other ? own.slice(own.indexOf(':') + 1) : undefined,
    service: other ? own.slice(0, own.indexOf(':')) : undefined,
    resource,
    reason,
    policy,
  });
}

/** What may stand around a value, outermost escape last. */
const opener = /^(\\*"|\\+u0022|&quot;|&#34;|&#x22;|'|`|&apos;|&#39;)/i;
const behindQuote = new RegExp(String.raw`^(?:${gap}(?:because|with)${gap}|[\s.,;:)\]}<"'\\&]|$)`);

function readValue(text: string): { resource: string | undefined; rest: string } {
  const quoted = opener.exec(text)?.[1];
  if (quoted !== undefined) {
    // SES writes `value', the quotes of an older time.
    const closing = quoted === '`' && !text.includes('`', 1) ? "'" : quoted;
    const end = closingQuote(text, closing);
    if (end !== undefined) {
      const inside = text.slice(quoted.length, end);
      return { resource: decoded(inside, quoted), rest: text.slice(end + quoted.length) };
    }
  }
  const end = unquotedEnd(text);
  const inside = text.slice(0, end);
  const resource = unescaped(inside);
  return { resource: resource === '' ? undefined : resource, rest: text.slice(end) };
}

/** The quote that ends a value: the first that the sentence goes on behind, since a key may hold quotes itself. */
function closingQuote(text: string, quote: string): number | undefined {
  let plausible: number | undefined;
  for (let at = text.indexOf(quote, quote.length); at >= 0; at = text.indexOf(quote, at + quote.length)) {
    const behind = text.slice(at + quote.length, at + quote.length + 60);
    const reason = because.exec(text.slice(at + quote.length, at + 400));
    const denied = explicitDeny.exec(behind);
    if (reason?.index === 0 || denied?.index === 0) return at;
    if (plausible === undefined && behindQuote.test(behind)) plausible = at;
  }
  return plausible ?? (text.indexOf(quote, quote.length) > 0 ? text.indexOf(quote, quote.length) : undefined);
}

/** IAM names what has no ARN in the request by its kind: `role deploy`. */
const kindAndName =
  /^(?:role|user|group|policy|instance profile|server certificate|access key|SAML provider|OIDC provider)[ \n]{1,3}[^\s"'`<]{1,300}/;

/** Where a value without quotes ends: before the words about why, or where the sentence or what holds it ends. */
function unquotedEnd(text: string): number {
  const entity = kindAndName.exec(text);
  if (entity !== null) return trimmed(entity[0]);
  const hard = /["`<]|\\+"|&quot;|\n\s*\n/.exec(text)?.index ?? text.length;
  const masked = /^[^\s"<]*<[^<>\s]{1,40}>/.test(text);
  const within = text.slice(0, masked ? text.length : hard);
  const ends = [because.exec(within)?.index, explicitDeny.exec(within)?.index].filter((one) => one !== undefined);
  if (ends.length > 0) return Math.min(...ends);
  const word = new RegExp(gap).exec(within)?.index ?? within.length;
  return trimmed(within.slice(0, word));
}

/** The length of a value without what the sentence around it writes behind: a full stop, a bracket that it did not open. */
function trimmed(value: string): number {
  let text = value;
  for (;;) {
    const last = text.at(-1) ?? '';
    const brackets = { ')': '(', ']': '[', '}': '{' }[last];
    const foreign = brackets !== undefined && !text.includes(brackets);
    if (!foreign && !/[.,;:'"`\\]/.test(last)) return text.length;
    text = text.slice(0, -1);
  }
}

function decoded(text: string, quote: string): string {
  if (quote.startsWith('&')) return onOneLine(readEntities(text));
  const slashes = /^\\*/.exec(quote)![0].length;
  // One backslash before the quote in a JSON string, three in a string inside it, seven in the next.
  const depth = quote.includes('u0022') ? 1 : Math.round(Math.log2(slashes + 1));
  let value = text;
  for (let round = 0; round < depth; round += 1) value = readEscapes(value);
  return onOneLine(value);
}

/** A value outside quotes: an ARN holds neither escapes nor entities of its own. */
function unescaped(text: string): string {
  const plain = text.replace(/\\+(?=[/u])/g, '\\');
  return onOneLine(readEntities(/\\u[0-9a-fA-F]{4}|\\\//.test(plain) ? readEscapes(plain) : plain));
}

/** What was folded is one text again. */
const onOneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ').trim();
