import type { RuleAbout } from '../rule.js';
import { badSuppression, unusedSuppression } from '../suppressions/meta.js';
import { rules } from './index.js';

/** Every rule by its id, with those about suppressions. */
export const allRules: ReadonlyMap<string, RuleAbout> = new Map(
  [...rules, badSuppression, unusedSuppression].map((rule) => [rule.id, rule]),
);
