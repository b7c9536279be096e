import { quote, type PolicyDocument, type Statement } from '@postern/core';
import { mayMatch } from '../../matching.js';
import { mayBe, suggest, type ArnForm } from '../../reference/arn-form.js';
import {
  finding,
  hasDeferred,
  itemsOf,
  someOf,
  statementsOf,
  type StatementItem,
  type LintRule,
  type RuleFinding,
} from '../../rule.js';
import { formsOf, type KnownAction, type ServiceReference } from '../../service-reference.js';
import { needBoth } from './need-both.js';

export const resourceMismatch: LintRule = {
  id: 'resource-mismatch',
  place: 60,
  title: 'No resource of the statement can be one that the action takes',
  reason:
    'The action is then never allowed: an object action on a bucket ARN, or an action without resources on anything but `*`.',
  source:
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  level: 'error',
  also: ['resource'],
  async check({ document, documents, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      const { Effect, Action, Resource } = statement;
      if (Effect !== 'Allow' || Action === undefined || Resource === undefined) continue;
      const open = Resource.some((resource) => /^\*+$/.test(resource)) || hasDeferred(statement, 'Resource');
      const resources = itemsOf(statement, 'Resource', path);
      for (const action of itemsOf(statement, 'Action', path)) {
        const known = await reference.matching(action.text);
        if (known.length === 0) continue;
        const missed = open ? undefined : await missedBy(action, known, resources, reference);
        if (missed !== undefined) findings.push(missed);
        else findings.push(...missingTypes(action, known, documents));
      }
    }
    return findings;
  },
};

/** What is to be said where none of the resources can be one of the action's. */
async function missedBy(
  action: StatementItem,
  known: readonly KnownAction[],
  resources: readonly StatementItem[],
  reference: ServiceReference,
): Promise<RuleFinding | undefined> {
  const forms = known.flatMap(formsOf);
  if (forms.some((form) => resources.some(({ text }) => mayBe(text, form)))) return undefined;
  const blank = known.filter(({ types }) => types.length === 0);
  if (blank.length === known.length) {
    return finding(
      action.path,
      `the reference names no resource for ${quote(action.text)}, and such an action is mostly allowed on \`*\` alone`,
      'put it into a statement of its own with `*` if AWS denies it',
      { level: 'note' },
    );
  }
  if (blank.length > 0) return undefined;
  const best = nearest(
    resources,
    known.flatMap(({ types }) => types.flatMap((type) => type.forms)),
  );
  const what = `${quote(action.text)} takes ${someOf(unique(known.flatMap(({ types }) => types.flatMap((type) => type.forms)).map(({ text }) => quote(text))))}, and none of the resources is such`;
  const instead = `write ${quote(best)}`;
  if (known.some(({ incomplete }) => incomplete)) {
    const doubt = `${what}, as far as the reference of ${reference.date.toISOString().slice(0, 10)} tells`;
    return finding(action.path, doubt, `${instead} if AWS denies it`, { level: 'note' });
  }
  const service = action.text.slice(0, action.text.indexOf(':')).toLowerCase();
  const types = [...(await reference.typesOf(service)).values()].flat();
  const sure = resources.every(({ text }) => isOfKnownType(text, service, forms, types));
  return finding(action.path, what, instead, sure ? {} : { level: 'warning' });
}

/**
 * Whether it is known what the resource is, and so that it is none of the action's: one of another type, or of another
 * service while all of the action's are of its own, or of the right type in a wrong form.
 */
function isOfKnownType(
  resource: string,
  service: string,
  forms: readonly ArnForm[],
  types: readonly ArnForm[],
): boolean {
  const own = serviceOf(resource);
  if (!forms.some(({ text }) => serviceOf(text) === own)) return forms.every(({ text }) => serviceOf(text) === service);
  if (types.some((form) => mayBe(resource, form))) return true;
  const part = resource.split(':').slice(5).join(':');
  return forms.some(({ text }) => {
    const start = /^[^$]*/.exec(text.split(':').slice(5).join(':'))![0];
    return start !== '' && part.startsWith(start);
  });
}

function serviceOf(arn: string): string | undefined {
  return arn.split(':')[2];
}

/** The ARN that is nearest to one of the resources, of those that the action takes. */
function nearest(resources: readonly StatementItem[], forms: readonly ArnForm[]): string {
  let best = { text: '', score: -1 };
  for (const { text: resource } of resources) {
    for (const form of forms) {
      const text = suggest(resource, form);
      let score = 0;
      while (score < text.length && text[score] === resource[score]) score += 1;
      if (score > best.score || (score === best.score && text.length < best.text.length)) best = { text, score };
    }
  }
  return best.text;
}

/** What an action needs besides, where it acts on several resources at once and no statement names one of them. */
function missingTypes(
  action: StatementItem,
  known: readonly KnownAction[],
  documents: readonly PolicyDocument[],
): RuleFinding[] {
  const [only] = known;
  if (only === undefined || known.length > 1 || only.incomplete) return [];
  if (/:(tag|untag|listtags|addtags|removetags)/i.test(only.action)) return [];
  const needed = only.types.filter(({ required }) => required);
  if (needed.length < 2) return [];
  const statements = documents
    .flatMap(({ Statement }) => Statement)
    .filter((one) => one.Effect === 'Allow' && mayMatch(one, only.action));
  const missing = needed.filter(({ forms }) => !statements.some((one) => reaches(one, forms)));
  if (missing.length === 0 || missing.length === needed.length) return [];
  const confirmed = needBoth.has(only.action.toLowerCase());
  return [
    finding(
      action.path,
      `${quote(only.action)} acts on ${someOf(
        needed.map(({ name }) => quote(name)),
        6,
      )} at once, and no resource is of the type ${someOf(missing.map(({ name }) => quote(name)))}`,
      `add ${someOf(missing.map(({ forms }) => quote(forms[0]!.text)))}${confirmed ? '' : ' if AWS denies it'}`,
      { level: confirmed ? 'warning' : 'note' },
    ),
  ];
}

function reaches(statement: Statement, forms: readonly ArnForm[]): boolean {
  if (statement.Resource === undefined || hasDeferred(statement, 'Resource')) return true;
  return statement.Resource.some((resource) => forms.some((form) => mayBe(resource, form)));
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
