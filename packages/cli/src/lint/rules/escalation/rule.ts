import { quote } from '@postern/core';
import { matchesAction } from '../../matching.js';
import { finding, someOf, type LintRule, type RuleFinding, type RuleInput } from '../../rule.js';
import { formsOf, type ServiceReference } from '../../service-reference.js';
import type { ArnForm } from '../../reference/arn-form.js';
import { indexOf, type StatementPlace } from './allowed.js';
import { paths } from './catalogue.js';
import { fences } from './fences.js';
import { allowing, passing, roleForm, together, unfenced } from './openness.js';
import { pageOf, type EscalationPath } from './path.js';

export const escalation: LintRule = {
  id: 'escalation',
  place: 250,
  title: 'What the policy allows can be turned into more',
  reason: 'A known path leads from these actions to the rights of another role or user.',
  source: 'https://pathfinding.cloud',
  level: 'warning',
  looksAt: 'identity',
  async check(input) {
    const open = await openPaths(input);
    const groups = new Map<string, OpenPath[]>();
    for (const one of open) {
      const key = JSON.stringify([
        one.place.document,
        one.place.index,
        one.item,
        isPattern(one) ? '' : one.path.service,
      ]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [one]);
      else group.push(one);
    }
    return Promise.all([...groups.values()].map((group) => describe(group, input.reference)));
  },
};

/** A path that is open, with the statement and the item of its list that leave it so. */
export interface OpenPath {
  readonly path: EscalationPath;
  readonly place: StatementPlace;
  /** Which of the statement's actions; -1 where it has `NotAction`. */
  readonly item: number;
}

/** Every path that is open in the documents of an identity. */
export async function openPaths({
  documents,
  reference,
}: Pick<RuleInput, 'documents' | 'reference'>): Promise<OpenPath[]> {
  const about = indexOf(documents);
  const known = new Map<string, readonly StatementPlace[]>();
  const ask = (key: string, answer: () => readonly StatementPlace[]): readonly StatementPlace[] => {
    const found = known.get(key) ?? answer();
    known.set(key, found);
    return found;
  };
  const found: OpenPath[] = [];
  for (const path of paths) {
    if (!path.actions.every((action) => about(action).allows.length > 0)) continue;
    const [wall, ...others] = path.actions as [string, ...string[]];
    const forms = await formsFor(wall, reference);
    const walls =
      path.service === undefined
        ? ask(`${wall} ${path.onlyConditions}`, () => unfenced(wall, about(wall), forms, path.onlyConditions === true))
        : ask(`pass ${path.service}`, () => passing(path.service!, about(wall)));
    const [place] = walls;
    if (place === undefined) continue;
    const lists: (readonly StatementPlace[])[] = [walls];
    for (const action of others) {
      const itsForms = await formsFor(action, reference);
      lists.push(ask(`any ${action}`, () => allowing(action, about(action), itsForms)));
    }
    if (lists.some((list) => list.length === 0) || !together(lists)) continue;
    const item = place.statement.Action?.findIndex((pattern) => matchesAction(pattern, wall)) ?? -1;
    found.push({ path, place, item });
  }
  return found;
}

async function formsFor(action: string, reference: ServiceReference): Promise<readonly ArnForm[]> {
  if (action === 'iam:PassRole') return [roleForm];
  const [known] = await reference.matching(action);
  return known === undefined ? [] : formsOf(known);
}

function isPattern({ place, item }: OpenPath): boolean {
  const text = place.statement.Action?.[item];
  return text === undefined || /[*?]/.test(text);
}

async function describe(group: readonly OpenPath[], reference: ServiceReference): Promise<RuleFinding> {
  const [first] = group as [OpenPath, ...OpenPath[]];
  const { place, item, path } = first;
  const where = place.statement.Action === undefined ? 'NotAction' : `Action[${item}]`;
  const names = someOf(
    group.map((one) => quote(one.path.id)),
    8,
  );
  const opens = group.length === 1 ? `opens the path ${names}` : `opens ${group.length} paths: ${names}`;
  const more = {
    document: place.document,
    details: {
      paths: group.map((one) => ({
        id: one.path.id,
        actions: one.path.actions,
        ...(one.path.service && { service: one.path.service }),
        gives: one.path.gives,
        link: pageOf(one.path),
      })),
    },
  };
  const at = `Statement[${place.index}].${where}`;
  if (isPattern(first)) {
    const text = place.statement.Action?.[item];
    const what = text === undefined ? 'an Allow with `NotAction`' : quote(text);
    return finding(at, `${what} ${opens}`, 'list the actions that the job needs, each with its ARNs', more);
  }
  const { instead } = await adviceFor(path, reference);
  const [wall, ...others] = path.actions;
  const to = path.service === undefined ? '' : ` to ${quote(path.service)}`;
  const withOthers = others.length === 0 || group.length > 1 ? '' : ` with ${others.map(quote).join(' and ')}`;
  const gives = group.length === 1 ? `, which ${path.gives}` : `; the first ${path.gives}`;
  return finding(at, `${quote(wall)}${to}${withOthers} ${opens}${gives}`, instead, more);
}

/** What closes a path: the statement to write for its first action. */
export interface EscalationAdvice {
  readonly instead: string;
  readonly statement: {
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  };
}

/** What to write so that a path is closed, in words and as a statement; upper-case words stand for what is yours. */
export async function adviceFor(path: EscalationPath, reference: ServiceReference): Promise<EscalationAdvice> {
  const [wall] = path.actions as [string];
  const arns = (await formsFor(wall, reference)).map((form) => example(form));
  const base = { Effect: 'Allow', Action: [wall] } as const;
  if (path.service !== undefined) {
    const arn = example(roleForm);
    const Condition = { StringEquals: { 'iam:PassedToService': [path.service] } };
    const instead = `allow it on the exact roles, such as ${quote(arn)}, with \`StringEquals\` \`iam:PassedToService\` ${quote(path.service)}`;
    return { instead, statement: { ...base, Resource: [arn], Condition } };
  }
  const [fence] = fences[wall] ?? [];
  if (path.onlyConditions === true && fence !== undefined) {
    const Condition = { [fence.operator]: { [fence.key]: [fence.closing] } };
    const instead = `allow it with \`${fence.operator}\` ${quote(fence.key)} ${quote(fence.closing)}`;
    return { instead, statement: { ...base, Resource: arns, Condition } };
  }
  const or = fence === undefined ? '' : `, or with \`${fence.operator}\` ${quote(fence.key)} ${quote(fence.closing)}`;
  // An action on several types needs each of them, so that one ARN alone may let nobody work.
  const named = someOf(arns.map(quote));
  return { instead: `name the resources, such as ${named}${or}`, statement: { ...base, Resource: arns } };
}

/** An ARN of the form with words in upper case for what is the reader's. */
function example({ pieces }: ArnForm): string {
  return pieces
    .map((piece) => {
      if ('literal' in piece) return piece.literal;
      if (piece.hole === 'Partition') return 'aws';
      if (piece.hole === '*') return '*';
      return piece.hole.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toUpperCase();
    })
    .join('');
}
