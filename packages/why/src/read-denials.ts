import { denialOf, type FoundDenial, type ReadDenial } from './denial.js';
import { findJson } from './find-json.js';
import { holdsEvents, readEvents } from './read-events.js';
import { readBareRegistry, readRegistry } from './read-registry.js';
import { readIdentity } from './read-identity.js';
import { readS3Requests } from './read-s3-requests.js';
import { readSdk } from './read-sdk.js';
import { isEncoded, readSentences } from './read-sentences.js';
import { namesAlone, type Rules } from './rules.js';
import { unwrap } from './unwrap.js';

export type { ReadDenial } from './denial.js';

/** Refusals that say nothing more. */
const bare = [
  /AccessDenied(?:Exception)?\b.{0,3}Access\s?Denied/,
  /<Code>AccessDenied<\/Code>/,
  /(?:AccessDenied|AccessDeniedException|Forbidden|UnauthorizedOperation): [^\n]{0,300}\s{0,20}(?:status code: 403)/,
  /UnauthorizedOperation: You are not authorized/,
  // A code and any words of a service; not the class of another library, such as that of Spring.
  /(?:(?<![\w.$\\`-])|\bamazon[\w.]{1,120}\.)AccessDenied(?:Exception)?: \S/,
  /\bCode: AccessDenied\b/,
  /^(?:Error: ?)?(?:AccessDenied(?:Exception)?|Access Denied)[.:]?$/m,
];

/** Other clouds use the same codes. */
const elsewhere =
  /gserviceaccount\.com|googleapis\.com|Google Cloud|aliyuncs\.com|core\.windows\.net|digitaloceanspaces\.com|r2\.cloudflarestorage\.com|backblazeb2\.com/;

/** How far from a sentence of IAM the words of an SDK may stand that belong to it. */
const near = 300;

/**
 * Finds the refusals in a text, a message or a log of any length, in the order in which they stand there.
 * @param rules what is known of requests; without them, an action is told only where the message names it
 */
export function readDenials(text: string, rules: Rules = namesAlone): ReadDenial[] {
  let plain = unwrap(text);
  const found: FoundDenial[] = [];
  if (holdsEvents(plain)) {
    const values = findJson(plain).filter(({ at, end }) => holdsEvents(plain.slice(at, end)));
    for (const { value, at, end } of values)
      found.push(...readEvents(value, rules).map((denial) => ({ at, end, denial })));
    for (const { at, end } of [...values].reverse())
      plain = `${plain.slice(0, at)}${' '.repeat(end - at)}${plain.slice(end)}`;
  }
  const sentences = readSentences(plain);
  found.push(...readIdentity(plain));
  const others = [...readSdk(plain, rules), ...readRegistry(plain, rules), ...readS3Requests(plain, rules)].sort(
    (a, b) => a.at - b.at,
  );
  const own = sentences.map((sentence) => others.filter((other) => belongs(plain, sentence, other)));
  found.push(...sentences.map((sentence, index) => withContext(sentence, own[index]!)));
  const apart = others.filter((other) => !own.some((list) => list.includes(other)));
  found.push(...apart.filter((other, index) => !repeats(other, apart[index - 1])));
  const named = distinct(found.sort((a, b) => a.at - b.at).map(({ denial }) => denial));
  if (named.length > 0) return named;
  const encoded = isEncoded(plain);
  const registry = readBareRegistry(plain);
  if (registry !== undefined) return [registry];
  const isBare = !elsewhere.test(plain) && bare.some((pattern) => pattern.test(plain));
  return encoded || isBare ? [denialOf({ encoded })] : [];
}

/** Whether an SDK's words are those around a sentence: its operation stands before it, and Java's service behind it. */
function belongs(text: string, sentence: FoundDenial, other: FoundDenial): boolean {
  if (other.at >= sentence.end) {
    const behind = text.slice(sentence.end, other.at);
    return other.denial.operation === undefined && behind.length < 2000 && !/\n\s*\n|Exception:/.test(behind);
  }
  const between = text.slice(other.end, Math.max(other.end, sentence.at));
  return (
    between.length < near &&
    !/^[^\n]{0,20}(?:Forbidden|Access Denied)\s*\n|\n\s*\n|not authorized to perform:? [A-Za-z0-9-]+:/.test(between)
  );
}

/** A sentence with what the words around it say of the request: which operation, of which service. */
function withContext(sentence: FoundDenial, words: readonly FoundDenial[]): FoundDenial {
  const known = words.find(({ denial }) => denial.operation !== undefined) ?? words[0];
  if (known === undefined) return sentence;
  const { operation, service } = known.denial;
  return { ...sentence, denial: { ...sentence.denial, operation: sentence.denial.operation ?? operation, service } };
}

/** Whether it is what the error before it says again, as an exception of Java inside another one. */
function repeats({ at, denial }: FoundDenial, before: FoundDenial | undefined): boolean {
  return denial.operation === undefined && before?.denial.operation !== undefined && at - before.end < near;
}

/** Each refusal once. */
function distinct(list: readonly ReadDenial[]): ReadDenial[] {
  const found = new Map(list.map((denial) => [JSON.stringify(denial), denial]));
  return [...found.values()];
}
