/**
 * A second engine, slow and plain, written from the AWS documentation alone: it shares no code with the first one, tries
 * every split of a wildcard, and decides in the words of the evaluation logic.
 */

type Json = Record<string, unknown>;
type NaiveContext = Record<string, string | string[]>;
type NaiveCaller =
  | { AWS: string }
  | { Service: string }
  | { Federated: string }
  | { CanonicalUser: string }
  | 'anonymous';
export interface NaiveRequest {
  principal?: NaiveCaller;
  action: string;
  resource: string;
  context: NaiveContext;
}
type NaiveAnswer = 'allowed' | 'implicitDeny' | 'explicitDeny' | 'undetermined';
type Three = 'yes' | 'no' | 'unknown';

/**
 * What a `*` that is the last character of a segment does, and what an incomplete ARN is. IAM's page: "If the `*` wildcard
 * is the last character of a resource ARN segment, it can expand to match beyond the colon boundaries" (expands). S3's
 * page: "a wildcard character can't span segments" (stays). IAM's page on ARNs: "When you specify an incomplete ARN (one
 * with fewer than the standard six fields) in an identity-based policy, AWS automatically completes the ARN by adding
 * wildcard characters (`*`) to all missing fields" (filled: completed in any case, even where it expanded).
 */
export type PageReading = 'expands' | 'stays' | 'filled';
export const pages: readonly PageReading[] = ['expands', 'stays', 'filled'];

export function naiveDecide(documents: Json[], request: NaiveRequest, page: PageReading = 'expands'): NaiveAnswer {
  // "No permissions are required to perform this operation. If an administrator attaches a policy to your identity that
  // explicitly denies access to the sts:GetCallerIdentity action, you can still perform this operation." And of
  // sts:GetSessionToken: "You cannot use policies to control authentication operations."
  if (/^sts:(getcalleridentity|getsessiontoken)$/i.test(request.action)) return 'allowed';
  const made = { ...request, context: { ...filledIn(request.principal), ...request.context } };
  const found: { effect: string; applies: Three }[] = [];
  for (const document of documents) {
    for (const statement of list(document['Statement']) as Json[]) {
      const applies = statementApplies(statement, made, document['Version'] === '2012-10-17', page);
      found.push({ effect: statement['Effect'] as string, applies });
    }
  }
  const any = (effect: string, applies: Three) => found.some((f) => f.effect === effect && f.applies === applies);
  if (any('Deny', 'yes')) return 'explicitDeny';
  if (any('Deny', 'unknown')) return 'undetermined';
  if (any('Allow', 'yes')) return 'allowed';
  if (any('Allow', 'unknown')) return 'undetermined';
  return 'implicitDeny';
}

function statementApplies(statement: Json, request: NaiveRequest, variables: boolean, page: PageReading): Three {
  const actionMatches = (pattern: unknown) => glob(wild(String(pattern).toLowerCase()), request.action.toLowerCase());
  if ('Action' in statement && !list(statement['Action']).some(actionMatches)) return 'no';
  if ('NotAction' in statement && list(statement['NotAction']).some(actionMatches)) return 'no';
  const resourceMatches = (pattern: unknown) => resourceCovers(String(pattern), request, variables, page);
  if ('Resource' in statement && !list(statement['Resource']).some(resourceMatches)) return 'no';
  // A statement that names no resource is about the one that has it.
  if ('NotResource' in statement && list(statement['NotResource']).some(resourceMatches)) return 'no';
  const principal = principalApplies(statement, request.principal);
  if (principal === 'no') return 'no';
  let result: Three = principal;
  for (const [operator, keys] of Object.entries((statement['Condition'] ?? {}) as Json)) {
    for (const [key, values] of Object.entries(keys as Json)) {
      const one = conditionHolds(operator, key, list(values).map(String), request.context, variables);
      if (one === 'no') return 'no';
      if (one === 'unknown') result = 'unknown';
    }
  }
  return result;
}

/**
 * Whether the statement is about the caller. An account named as a principal is everybody in it; a role is each of its
 * sessions; `*` is anyone; `{"AWS": "*"}` is anyone with an account, and anonymous users, and nothing is said of services.
 */
function principalApplies(statement: Json, caller: NaiveCaller | undefined): Three {
  if ('NotPrincipal' in statement) {
    const spared = isSpared(statement['NotPrincipal'], caller);
    return spared === 'yes' ? 'no' : spared === 'no' ? 'yes' : 'unknown';
  }
  if (!('Principal' in statement) || statement['Principal'] === '*') return 'yes';
  if (caller === undefined) return 'unknown';
  const answers = Object.entries(statement['Principal'] as Json).flatMap(([type, texts]) =>
    list(texts).map((text) => isNamed(type, String(text), caller)),
  );
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

/** What AWS fills in from who calls; what the test says of the same keys counts. */
function filledIn(caller: NaiveCaller | undefined): NaiveContext {
  if (caller === undefined || caller === 'anonymous') return {};
  if ('Service' in caller) {
    return { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': caller.Service };
  }
  if (!('AWS' in caller)) return {};
  const [, , service, , account] = caller.AWS.split(':');
  return {
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalAccount': account!,
    ...(service === 'iam' ? { 'aws:PrincipalArn': caller.AWS } : {}),
    ...(caller.AWS.includes(':user/') ? { 'aws:UserName': caller.AWS.split('/').at(-1)! } : {}),
  };
}

/** What a caller is, from the outside in: its account, its role, itself. */
function levels(arn: string): string[] {
  const [, partition, , , account, ...rest] = arn.split(':');
  const resource = rest.join(':');
  // An account is in one partition only, so its number says enough.
  const root = `account ${account}`;
  if (resource === 'root') return [root];
  const [, role] = /^assumed-role[/]([^/]+)[/]/.exec(resource) ?? [];
  return role === undefined ? [root, arn] : [root, `arn:${partition}:iam::${account}:role/${role}`, arn];
}

/** One way of writing an account, and a role without its path, for sessions have none. */
function plainly(text: string): string {
  if (/^[0-9]{12}$/.test(text)) return `account ${text}`;
  if (text.endsWith(':root')) return `account ${text.split(':')[4]}`;
  return text.replace(/:role[/].*[/]/, ':role/');
}

function isNamed(type: string, text: string, caller: NaiveCaller): Three {
  const yesNo = (truth: boolean): Three => (truth ? 'yes' : 'no');
  if (caller === 'anonymous') return yesNo(type === 'AWS' && text === '*');
  const [kind, who] = Object.entries(caller)[0] as [string, string];
  if (type === 'AWS' && text === '*') return kind === 'Service' ? 'unknown' : 'yes';
  if (type === 'AWS' && kind === 'AWS') return yesNo(levels(who).includes(plainly(text)));
  if (type === kind) return yesNo(text === '*' ? type === 'Federated' : text === who);
  // The id of a canonical user is another name of an account.
  const names = [type, kind].sort().join();
  return names === 'AWS,CanonicalUser' ? 'unknown' : 'no';
}

/** "you must also specify the account ARN of the not-denied principal. Otherwise, the policy might deny access" */
function isSpared(element: unknown, caller: NaiveCaller | undefined): Three {
  if (element === '*') return 'yes';
  if (caller === undefined) return 'unknown';
  const entries = Object.entries(element as Json).flatMap(([type, texts]) =>
    list(texts).map((text) => ({ type, text: String(text) })),
  );
  if (caller === 'anonymous' || !('AWS' in caller)) {
    const answers = entries.map(({ type, text }) => isNamed(type, text, caller));
    return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
  }
  const texts = entries.filter(({ type }) => type === 'AWS').map(({ text }) => plainly(text));
  if (texts.includes('*')) return 'yes';
  const mine = levels(caller.AWS);
  const isListed = (level: string) => texts.includes(level);
  if (mine.every(isListed)) return 'yes';
  const mayBe = isListed(mine.at(-1)!) || (mine.length === 3 && isListed(mine[1]!));
  return mayBe || entries.some(({ type }) => type === 'CanonicalUser') ? 'unknown' : 'no';
}

// Texts are lists of tokens: a plain character, or one of the two wildcards.
type PatternToken = { char: string } | { any: 'run' | 'one'; noColon?: boolean };

function wild(text: string): PatternToken[] {
  return [...text].map((char) => (char === '*' ? { any: 'run' } : char === '?' ? { any: 'one' } : { char }));
}

function plain(text: string): PatternToken[] {
  return [...text].map((char) => ({ char }));
}

/** Whether the tokens from one place on match the text from another on. */
function glob(tokens: PatternToken[], text: string, token = 0, place = 0): boolean {
  const first = tokens[token];
  if (first === undefined) return place === text.length;
  if ('any' in first && first.any === 'run') {
    for (let end = place; end <= text.length; end += 1) {
      if (first.noColon && end > place && text[end - 1] === ':') return false;
      if (glob(tokens, text, token + 1, end)) return true;
    }
    return false;
  }
  if (place === text.length) return false;
  if ('any' in first && first.noColon && text[place] === ':') return false;
  return ('any' in first || first.char === text[place]) && glob(tokens, text, token + 1, place + 1);
}

/** Null: a variable that has no value, so the text matches nothing. */
function fill(
  text: string,
  context: NaiveContext,
  variables: boolean,
  read: (text: string) => PatternToken[],
): PatternToken[] | null {
  if (!variables) return read(text);
  const tokens: PatternToken[] = [];
  let rest = text;
  for (;;) {
    const start = rest.indexOf('${');
    const end = rest.indexOf('}', start);
    if (start < 0 || end < 0) return [...tokens, ...read(rest)];
    const inner = rest.slice(start + 2, end);
    tokens.push(...read(rest.slice(0, start)));
    rest = rest.slice(end + 1);
    if (['*', '?', '$'].includes(inner)) {
      tokens.push({ char: inner });
      continue;
    }
    const comma = inner.indexOf(',');
    const key = comma < 0 ? inner : inner.slice(0, comma);
    const values = lookUp(key, context);
    if (values.length > 1) return null;
    if (values.length === 1) tokens.push(...plain(values[0]!));
    else if (comma >= 0) tokens.push(...plain(inner.slice(inner.indexOf("'") + 1, inner.lastIndexOf("'"))));
    else return null;
  }
}

function lookUp(key: string, context: NaiveContext): string[] {
  // What is said later of a key counts, and nothing said of it is nothing.
  let found: string[] = [];
  for (const [name, value] of Object.entries(context)) {
    const values = list(value) as string[];
    if (name.toLowerCase() === key.toLowerCase() && values.length > 0) found = values;
  }
  return found;
}

function resourceCovers(pattern: string, request: NaiveRequest, variables: boolean, page: PageReading): boolean {
  if (pattern === '*') return true;
  if (request.resource === '*') return false;
  if (request.resource.split(':').length < 6) return false;
  const missing = 6 - pattern.split(':').length;
  const completed = pattern + ':*'.repeat(Math.max(0, missing));
  // Where a star has expanded over the colons, no field may be missing.
  const meant = missing > 0 && page === 'expands' ? [completed, pattern] : [completed];
  return meant.some((text) => {
    const tokens = arnTokens(text, request.context, variables, page);
    return tokens !== null && glob(tokens, request.resource);
  });
}

/** "You can use wildcard characters (`*` and `?`) within the individual segments of an ARN (the parts separated by colons)" */
function arnTokens(
  pattern: string,
  context: NaiveContext,
  variables: boolean,
  page: PageReading,
): PatternToken[] | null {
  const fields = pattern.split(':');
  const tokens: PatternToken[] = [];
  for (const [index, field] of fields.slice(0, 5).entries()) {
    if (variables && field.includes('${')) return null;
    if (index > 0) tokens.push({ char: ':' });
    for (const [at, token] of wild(field).entries()) {
      const lastStar = 'any' in token && token.any === 'run' && at === field.length - 1;
      tokens.push('any' in token && !(lastStar && page !== 'stays') ? { ...token, noColon: true } : token);
    }
  }
  if (fields.length < 6) return tokens;
  const resource = fill(fields.slice(5).join(':'), context, variables, wild);
  return resource && [...tokens, { char: ':' }, ...resource];
}

function conditionHolds(
  operator: string,
  key: string,
  policy: string[],
  context: NaiveContext,
  variables: boolean,
): Three {
  const values = lookUp(key, context);
  const yesNo = (truth: boolean): Three => (truth ? 'yes' : 'no');
  // "... or if the context key value resolves to a null dataset, such as an empty string"; against that, `Null` with
  // `false` checks "if the context key exists and its value is not null".
  const empty = values.every((value) => value === '');
  if (operator === 'Null') return yesNo(policy.some((value) => value === String(empty)));
  let name = operator;
  const forAll = name.startsWith('ForAllValues:');
  const forAny = name.startsWith('ForAnyValue:');
  name = name.replace(/^ForA(ll|ny)Values?:/, '');
  const ifExists = name.endsWith('IfExists');
  name = name.replace(/IfExists$/, '');
  const negated = name.includes('Not');
  const matchesSome = (value: string) => policy.some((wanted) => matchesOne(name, wanted, value, context, variables));
  const good = (value: string) => (negated ? !matchesSome(value) : matchesSome(value));
  if (forAll) return yesNo(empty || values.every(good));
  if (forAny) return yesNo(empty ? ifExists : values.some(good));
  if (values.length === 0) return yesNo(ifExists || negated);
  if (values.length > 1) return 'unknown';
  return yesNo(good(values[0]!));
}

function matchesOne(name: string, wanted: string, value: string, context: NaiveContext, variables: boolean): boolean {
  const kind = name.replace('Not', '');
  if (kind === 'StringLike') {
    const tokens = fill(wanted, context, variables, wild);
    return tokens !== null && glob(tokens, value);
  }
  if (kind === 'StringEquals') {
    const tokens = fill(wanted, context, variables, plain);
    return tokens !== null && glob(tokens, value);
  }
  if (kind === 'StringEqualsIgnoreCase') {
    const tokens = fill(wanted, context, variables, plain);
    return (
      tokens !== null &&
      tokens
        .map((t) => (t as { char: string }).char)
        .join('')
        .toLowerCase() === value.toLowerCase()
    );
  }
  if (kind === 'Bool') {
    const tokens = fill(wanted, context, variables, plain);
    const flag =
      tokens === null
        ? ''
        : tokens
            .map((t) => (t as { char: string }).char)
            .join('')
            .toLowerCase();
    return (flag === 'true' || flag === 'false') && value.toLowerCase() === flag;
  }
  if (kind === 'BinaryEquals') return wanted === value;
  if (kind === 'ArnEquals' || kind === 'ArnLike') return arnLike(wanted, value, context, variables);
  if (kind === 'IpAddress') return ipInRange(value, wanted);
  if (kind.startsWith('Numeric')) return compare(kind.slice(7), number(value), number(wanted));
  if (kind.startsWith('Date')) return compare(kind.slice(4), time(value), time(wanted));
  throw new Error(name);
}

function arnLike(wanted: string, value: string, context: NaiveContext, variables: boolean): boolean {
  if (wanted === '*') return true;
  if (!value.startsWith('arn:') || value.split(':').length < 6) return false;
  const tokens = fill(wanted, context, variables, wild);
  if (tokens === null) return false;
  const parts: PatternToken[][] = [[]];
  for (const token of tokens) {
    if ('char' in token && token.char === ':' && parts.length < 6) parts.push([]);
    else parts[parts.length - 1]!.push(token);
  }
  const values = value.split(':');
  const six = [...values.slice(0, 5), values.slice(5).join(':')];
  return six.every((part, index) => (parts[index] === undefined ? true : glob(parts[index]!, part)));
}

function compare(order: string, value: Fraction | null, wanted: Fraction | null): boolean {
  if (value === null || wanted === null) return false;
  const [left, right] = [value.over * wanted.under, wanted.over * value.under];
  if (order === 'Equals') return left === right;
  if (order === 'LessThan') return left < right;
  if (order === 'LessThanEquals') return left <= right;
  if (order === 'GreaterThan') return left > right;
  return left >= right;
}

/** "Numeric condition operators": an integer or a decimal; one whole number over another, so that nothing is rounded. */
interface Fraction {
  over: bigint;
  under: bigint;
}

/** Null where the text is no number: every comparison with it is false. */
function number(text: string): Fraction | null {
  const [, whole, decimals = '', exponent = '0'] =
    /^(-?[0-9]+)(?:[.]([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const power = Number(exponent) - decimals.length;
  const tens = 10n ** BigInt(Math.abs(power));
  return power < 0
    ? { over: BigInt(whole + decimals), under: tens }
    : { over: BigInt(whole + decimals) * tens, under: 1n };
}

/** `Date` also reads texts that are no ISO 8601 date, such as `1`. */
function time(text: string): Fraction | null {
  if (!/^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T.+)?)?)?$/.test(text)) return number(text);
  const milliseconds = new Date(text).getTime();
  return Number.isNaN(milliseconds) ? null : { over: BigInt(milliseconds), under: 1000n };
}

/** IPv4 only, as whole numbers; the generator's IPv6 addresses are written out in full. */
function ipInRange(address: string, range: string): boolean {
  const [base, bits] = range.split('/') as [string, string?];
  if (address.includes(':') !== base.includes(':')) return false;
  const a = binary(address);
  const b = binary(base);
  if (a === null || b === null) return false;
  const prefix = bits === undefined ? a.length : Number(bits);
  return a.slice(0, prefix) === b.slice(0, prefix);
}

function binary(address: string): string | null {
  const groups = address.includes(':') ? address.split(':') : address.split('.');
  if (!groups.every((group) => (address.includes(':') ? /^[0-9a-f]+$/i : /^[0-9]+$/).test(group))) return null;
  const [radix, width] = address.includes(':') ? [16, 16] : [10, 8];
  const texts = groups.map((group) => Number.parseInt(group, radix).toString(2).padStart(width, '0'));
  const complete = texts.length === (radix === 16 ? 8 : 4) && !texts.some((text) => text.includes('NaN'));
  return complete ? texts.join('') : null;
}

function list(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
