import { explain, type AnyEntry, type Evidence, type Explanation, type PolicyDocument } from '@postern/core';
import { writePlace } from '../printing/symbolic-place.js';
import { shown } from './written.js';

/** What there is to draw: a document with the entry that it was built from. */
export interface Drawing {
  readonly entry: AnyEntry;
  readonly document: PolicyDocument;
  /** The options that it was built with, by their camelCase names. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A statement as it is drawn: what goes from left to right. All texts are as they may be shown. */
export interface Band {
  readonly sid: string;
  /** On whose word the steps are. */
  readonly from: string;
  readonly steps: readonly { readonly reason: string; readonly action: string }[];
  /** Resources, or principals with their type before them. */
  readonly targets: readonly string[];
  /** Why the statement is for every resource, or why these principals are let in. */
  readonly note: string | undefined;
  readonly fences: readonly DrawnCondition[];
}

/** A condition: what it asks of a request, and why. */
export interface DrawnCondition {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
  readonly reason: string;
}

/** Stand for the parts of the place that are not given. */
const symbols = { account: 'ACCOUNT', region: 'REGION', partition: 'PARTITION', dnsSuffix: 'DNS_SUFFIX' };
const placed = (text: string): string => shown(writePlace(text, symbols, (literal) => literal));

/** The statements of a document in its order. */
export function bandsOf({ entry, document }: Drawing): Band[] {
  const reasons = new Map(explain(entry, document).map((explanation) => [explanation.sid, explanation]));
  return document.Statement.map(({ Sid = '', Action = [], Resource = [], Principal, Condition = {} }) => {
    const reason = reasons.get(Sid);
    const who = typeof Principal === 'object' ? Object.entries(Principal) : [];
    return {
      sid: shown(Sid),
      from: describeSources(reason?.evidence ?? []),
      steps: Action.map((action) => ({ action: placed(action), reason: shown(reason?.actions[action] ?? '') })),
      targets: [
        ...Resource.map(placed),
        ...who.flatMap(([type, values]) => values.map((value) => `${type} ${placed(value)}`)),
      ],
      note: noteOf(reason),
      fences: Object.entries(Condition).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => ({
          key: placed(key),
          operator,
          values: values.map(placed),
          reason: shown(conditionReason(reason, operator, key)),
        })),
      ),
    };
  });
}

function noteOf(reason: Explanation | undefined): string | undefined {
  const note = reason?.unscoped ?? reason?.principal?.reason;
  return note === undefined ? undefined : shown(note);
}

function conditionReason(reason: Explanation | undefined, operator: string, key: string): string {
  return reason?.conditions.find((one) => one.operator === operator && one.key === key)?.reason ?? '';
}

/** The tools whose source makes the calls, each with the places in it; where none was read, what says that they are needed. */
function describeSources(evidence: readonly Evidence[]): string {
  const tools = new Map<string, Set<string>>();
  for (const one of evidence) {
    if (one.kind !== 'source') continue;
    const places = tools.get(one.repository) ?? new Set();
    tools.set(one.repository, one.where === undefined ? places : places.add(one.where));
  }
  const named = [...tools].map(([tool, places]) => (places.size === 0 ? tool : `${tool} (${[...places].join(', ')})`));
  if (named.length > 0) return shown(`source of ${named.join(', ')}`);
  const titles = evidence.flatMap((one) => (one.kind === 'vendor' ? [one.title] : []));
  return shown([...new Set(titles)].join(', ') || 'AWS Service Authorization Reference');
}
