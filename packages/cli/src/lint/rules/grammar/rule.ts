import { parse, type DocumentType } from '@postern/core';
import { type LintRule, type RuleFinding } from '../../rule.js';

export const grammar: LintRule = {
  id: 'grammar',
  place: 10,
  title: 'IAM refuses the document, or reads it in another way than it looks',
  reason:
    'Sids that are not unique or hold other characters, wildcards in the service, short ARNs, the old version and such.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html',
  level: 'error',
  async check({ document, source }) {
    return grammarFindings(source ?? document);
  },
};

/** What the reader of documents has to say: what it does not understand, what IAM refuses, and what IAM takes and may not be meant. */
export function grammarFindings(source: unknown, type?: DocumentType): RuleFinding[] {
  // AWS itself writes the old version into new queues and topics; it matters where there are variables.
  const isFine = type === 'resource' && JSON.stringify(source)?.includes('${') === false;
  const problems = parse(source, { type }).problems.filter(
    ({ path, severity }) => !(isFine && path === 'Version' && severity === 'warning'),
  );
  return problems.map(({ path, message, severity }) => ({
    path,
    message,
    instead: insteadOf(message),
    ...(severity === 'warning' ? { level: 'warning' as const } : {}),
  }));
}

/** The next step at the end of a message of core: behind the last colon outside backticks, or a question. */
function insteadOf(message: string): string {
  const question = /, (did you mean `[^`]*`\?)$/.exec(message);
  if (question !== null) return question[1]!;
  let [inside, at] = [false, -1];
  for (let index = 0; index < message.length; index += 1) {
    if (message[index] === '`') inside = !inside;
    else if (!inside && message.startsWith(': ', index)) at = index + 2;
  }
  return at < 0 ? message : message.slice(at);
}
