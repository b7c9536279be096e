import { findNearest, quote, runningStars } from '@postern/core';
import { isSlip } from '../../distance.js';
import { accountProblem, partitionProblem, regionProblem, type LevelledProblem } from '../../places.js';
import { finding, itemsOf, statementsOf, type StatementItem, type LintRule, type RuleFinding } from '../../rule.js';
import type { ServiceReference } from '../../service-reference.js';
import { retiredServiceOf } from '../retired-action/retired.js';

/** Services of ARNs that are no prefix of actions. */
const onlyInArns = new Set(['catalog', 'elastic-inference', 'route53-recovery-control', 'unknown', 'deferred']);

export const arnParts: LintRule = {
  id: 'arn-parts',
  place: 50,
  title: 'A part of the ARN is none that AWS has',
  reason: 'An ARN with a wrong partition, service, region or account matches nothing, in an Allow and in a Deny.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
  level: 'error',
  also: ['resource'],
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      for (const item of [...itemsOf(statement, 'Resource', path), ...itemsOf(statement, 'NotResource', path)]) {
        if (!item.text.startsWith('arn:') || item.text.length > 2048) continue;
        const problems = await problemsOf(item.text, reference);
        for (const { what, instead, level } of problems) {
          findings.push(finding(item.path, `${quote(item.text)}: ${what}`, instead, { level }));
        }
        if (problems.length === 0) findings.push(...(await running(item, reference)));
      }
    }
    return findings;
  },
};

async function problemsOf(arn: string, reference: ServiceReference): Promise<LevelledProblem[]> {
  const parts = arn.split(':');
  const [, partition = '', service = '', region, account] = parts;
  const found = [partitionProblem(partition), await serviceProblem(service, reference)];
  if (parts.length < 6) return found.flatMap((one) => one ?? []);
  found.push(regionProblem(region!), accountProblem(account!));
  const wrong = found.flatMap((one) => one ?? []);
  return wrong.length > 0 ? wrong : missingOrTooMuch(service, region!, account!, arn, reference);
}

async function serviceProblem(service: string, reference: ServiceReference): Promise<LevelledProblem | undefined> {
  // Wildcards in it are a matter of grammar.
  if (service === '' || /[*?]|\$\{/.test(service) || onlyInArns.has(service)) return undefined;
  if (retiredServiceOf(service) !== undefined) return undefined;
  const lower = service.toLowerCase();
  if (lower !== service) {
    return {
      what: `the service ${quote(service)} is not in lower case`,
      instead: `write ${quote(lower)}`,
      level: 'error',
    };
  }
  if (await reference.hasService(service)) return undefined;
  const near = findNearest(service, await reference.serviceNames());
  return near === undefined
    ? { what: `AWS lists no service ${quote(service)}`, instead: 'check it', level: 'warning' }
    : {
        what: `AWS lists no service ${quote(service)}`,
        instead: `did you mean ${quote(near)}?`,
        level: isSlip(service, near) ? 'error' : 'warning',
      };
}

/** A region or an account where no resource of the service has one, or none where every resource has one. */
async function missingOrTooMuch(
  service: string,
  region: string,
  account: string,
  arn: string,
  reference: ServiceReference,
): Promise<LevelledProblem[]> {
  const all = [...(await reference.typesOf(service)).values()].flat();
  const forms = all.filter(({ text }) => text.split(':')[2] === service);
  // What the reader of documents says already of the two services that are met most.
  if (forms.length === 0 || service === 'iam' || service === 's3') return [];
  const problems: LevelledProblem[] = [];
  const resource = arn.split(':').slice(5).join(':');
  const example = (part: number): string => {
    const having = forms.map(({ text }) => text).filter((text) => text.split(':')[part] !== '');
    return having.find((text) => startsLike(resource, text.split(':').slice(5).join(':'))) ?? having[0] ?? '';
  };
  for (const [part, name, value] of [
    [3, 'region', region],
    [4, 'account', account],
  ] as const) {
    const [with_, without] = [true, false].map((has) =>
      forms.filter(({ text }) => (text.split(':')[part] !== '') === has),
    );
    if (value === '' && without!.length === 0) {
      problems.push({
        what: `it has no ${name}, and every ARN of ${quote(service)} has one`,
        instead: `write it as in ${quote(example(part))}`,
        // Some that AWS owns have no account, such as its documents of Systems Manager.
        level: name === 'region' ? 'error' : 'note',
      });
    }
    if (/^[\w-]+$/.test(value) && with_!.length === 0) {
      problems.push({
        what: `it has the ${name} ${quote(value)}, and no ARN of ${quote(service)} has one`,
        instead: 'leave that part empty',
        level: 'error',
      });
    }
  }
  return problems;
}

/** What a star at the end of a part reaches where it runs on past the colon, and the resource is nothing known without that. */
async function running({ text, path }: StatementItem, reference: ServiceReference): Promise<RuleFinding[]> {
  const stars = runningStars(text);
  if (stars.length === 0) return [];
  const part = text.split(':').slice(5).join(':');
  const types = [...(await reference.typesOf(text.split(':')[2] ?? '')).values()].flat();
  const isKnown = types.some((form) => startsLike(part, form.text.split(':').slice(5).join(':')));
  return stars
    .filter(({ part: which }) => !isKnown || !/^\*+$/.test(text.split(':')[partIndex[which]] ?? ''))
    .slice(-1)
    .map(({ part: which, reaches }) =>
      finding(
        path,
        `${quote(text)}: AWS says that the star at the end of its ${which} may run on over the colons, so that it also matches such as ${quote(reaches)}`,
        'write the part out where that is not meant',
        { level: 'note' },
      ),
    );
}

const partIndex = { partition: 1, service: 2, region: 3, account: 4 } as const;

/** Whether a resource part begins as the form of a type does; a form that begins with a name takes everything. */
function startsLike(part: string, form: string): boolean {
  const start = /^[^$]*/.exec(form)![0];
  const literal = /^[^*?$]*/.exec(part)![0];
  return literal.startsWith(start) || start.startsWith(literal);
}
