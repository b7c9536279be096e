import type { LintRule } from '../rule.js';
import { arnParts } from './arn-parts/rule.js';
import { conditionAlwaysTrue } from './condition-always-true/rule.js';
import { conditionNeverTrue } from './condition-never-true/rule.js';
import { conditionType } from './condition-type/rule.js';
import { conditionValue } from './condition-value/rule.js';
import { credentialsExposure } from './credentials-exposure/rule.js';
import { emptyElement } from './empty-element/rule.js';
import { equivalentToNull } from './equivalent-to-null/rule.js';
import { escalation } from './escalation/rule.js';
import { forAllValuesWithoutNull } from './for-all-values-without-null/rule.js';
import { grammar } from './grammar/rule.js';
import { mfaAbsent } from './mfa-absent/rule.js';
import { passRoleWithoutService } from './pass-role-without-service/rule.js';
import { permissionsManagement } from './permissions-management/rule.js';
import { policyVariable } from './policy-variable/rule.js';
import { quota } from './quota/rule.js';
import { redundant } from './redundant/rule.js';
import { repeatedConditionKey } from './repeated-condition-key/rule.js';
import { resourceExposure } from './resource-exposure/rule.js';
import { resourceMismatch } from './resource-mismatch/rule.js';
import { retiredAction } from './retired-action/rule.js';
import { secretsOfAll } from './secrets-of-all/rule.js';
import { serviceLinkedRole } from './service-linked-role/rule.js';
import { setOperatorOnSingleValue } from './set-operator-on-single-value/rule.js';
import { unknownAction } from './unknown-action/rule.js';
import { unknownConditionKey } from './unknown-condition-key/rule.js';
import { unpairedConditionKey } from './unpaired-condition-key/rule.js';
import { unsupportedTagKey } from './unsupported-tag-key/rule.js';
import { wideAction } from './wide-action/rule.js';
import { wideResource } from './wide-resource/rule.js';
import { wildcardWithoutLike } from './wildcard-without-like/rule.js';

/** Every rule, in the order in which findings are printed. */
export const rules: readonly LintRule[] = [
  grammar,
  quota,
  unknownAction,
  retiredAction,
  arnParts,
  resourceMismatch,
  emptyElement,
  repeatedConditionKey,
  unknownConditionKey,
  conditionValue,
  conditionType,
  wildcardWithoutLike,
  policyVariable,
  conditionNeverTrue,
  conditionAlwaysTrue,
  equivalentToNull,
  unpairedConditionKey,
  setOperatorOnSingleValue,
  forAllValuesWithoutNull,
  mfaAbsent,
  unsupportedTagKey,
  passRoleWithoutService,
  serviceLinkedRole,
  secretsOfAll,
  escalation,
  permissionsManagement,
  credentialsExposure,
  resourceExposure,
  wideAction,
  wideResource,
  redundant,
];
