import { trustRisks, type PolicyDocument, type TrustRisk } from '@postern/core';
import { writesOf, type Writes } from './abilities.js';
import { finding, type Level, type LintRule, type RuleFinding } from './rule.js';

/** What a rule for trust policies says of itself. */
export interface TrustRuleAbout {
  readonly id: string;
  readonly code: string;
  readonly place: number;
  readonly title: string;
  readonly reason: string;
  readonly source: string;
  readonly level: Level;
  /** How bad it is where it is not about who the customer is. */
  readonly otherwise?: Level;
  /** Whether what the role may do says how bad it is: an error where it can write, nothing where it can only read. */
  readonly isAboutWriting?: true;
}

const known = new WeakMap<PolicyDocument, readonly TrustRisk[]>();

/** The risks of a document, looked for once for all rules. */
function risksOf(document: PolicyDocument): readonly TrustRisk[] {
  const risks = known.get(document) ?? trustRisks(document);
  known.set(document, risks);
  return risks;
}

/** A rule for trust policies: it tells the risks of its code, each with a token that gets in, where there is one. */
export function trustRule({ otherwise, isAboutWriting, ...about }: TrustRuleAbout): LintRule {
  return {
    ...about,
    async check({ document, role, reference }) {
      const risks = risksOf(document).filter(({ code }) => code === about.code);
      const found = risks.map(
        ({ path, what, instead, token, context, onTenancy }): RuleFinding =>
          finding(path, what, instead, {
            ...(token && { details: { token, ...(context && { context }) } }),
            ...(otherwise !== undefined && onTenancy === false && { level: otherwise }),
          }),
      );
      if (isAboutWriting === undefined || role === undefined || found.length === 0) return found;
      return weighed(found, await writesOf(role, reference));
    },
  };
}

/** What pull requests can do with a role: an error where that is writing, nothing where it is known to be reading alone. */
export function weighed(found: readonly RuleFinding[], { by, none }: Writes): readonly RuleFinding[] {
  if (none) return [];
  if (by === undefined) return found;
  return found.map((one) => ({
    ...one,
    level: 'error',
    message: `${one.message.slice(0, -`: ${one.instead}`.length)}, and the role can write by ${by}: ${one.instead}`,
    details: { ...one.details, writes: by },
  }));
}
