import { trustRisks, type PolicyDocument, type TrustRisk } from '@postern/core';
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
}

const known = new WeakMap<PolicyDocument, readonly TrustRisk[]>();

/** The risks of a document, looked for once for all rules. */
function risksOf(document: PolicyDocument): readonly TrustRisk[] {
  const risks = known.get(document) ?? trustRisks(document);
  known.set(document, risks);
  return risks;
}

/** A rule for trust policies: it tells the risks of its code, each with a token that gets in, where there is one. */
export function trustRule({ otherwise, ...about }: TrustRuleAbout): LintRule {
  return {
    ...about,
    async check({ document }) {
      return risksOf(document)
        .filter(({ code }) => code === about.code)
        .map(
          ({ path, what, instead, token, context, onTenancy }): RuleFinding =>
            finding(path, what, instead, {
              ...(token && { details: { token, ...(context && { context }) } }),
              ...(otherwise !== undefined && onTenancy === false && { level: otherwise }),
            }),
        );
    },
  };
}
