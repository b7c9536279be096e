import type { Rule } from '../rule.js';
import { escalation } from './escalation/rule.js';
import { forAllValuesWithoutNull } from './for-all-values-without-null/rule.js';
import { grammar } from './grammar/rule.js';
import { passRoleWithoutService } from './pass-role-without-service/rule.js';
import { quota } from './quota/rule.js';
import { retiredAction } from './retired-action/rule.js';
import { resourceMismatch } from './resource-mismatch/rule.js';
import { secretsOfAll } from './secrets-of-all/rule.js';
import { setOperatorOnSingleValue } from './set-operator-on-single-value/rule.js';
import { unknownAction } from './unknown-action/rule.js';
import { unknownConditionKey } from './unknown-condition-key/rule.js';
import { wideAction } from './wide-action/rule.js';
import { wideResource } from './wide-resource/rule.js';

/** Every rule, in the order in which findings are printed. */
export const rules: readonly Rule[] = [
  grammar,
  quota,
  unknownAction,
  retiredAction,
  resourceMismatch,
  unknownConditionKey,
  setOperatorOnSingleValue,
  forAllValuesWithoutNull,
  passRoleWithoutService,
  secretsOfAll,
  escalation,
  wideAction,
  wideResource,
];
