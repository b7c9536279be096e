import type { RuleCases } from '../rule.js';

/** The cases of every rule, which are its examples; loaded when one is explained. */
export const examples: Readonly<Record<string, () => Promise<RuleCases>>> = {
  escalation: async () => (await import('./escalation/cases.js')).cases,
  'for-all-values-without-null': async () => (await import('./for-all-values-without-null/cases.js')).cases,
  grammar: async () => (await import('./grammar/cases.js')).cases,
  'pass-role-without-service': async () => (await import('./pass-role-without-service/cases.js')).cases,
  quota: async () => (await import('./quota/cases.js')).cases,
  'resource-mismatch': async () => (await import('./resource-mismatch/cases.js')).cases,
  'retired-action': async () => (await import('./retired-action/cases.js')).cases,
  'secrets-of-all': async () => (await import('./secrets-of-all/cases.js')).cases,
  'set-operator-on-single-value': async () => (await import('./set-operator-on-single-value/cases.js')).cases,
  'unknown-action': async () => (await import('./unknown-action/cases.js')).cases,
  'unknown-condition-key': async () => (await import('./unknown-condition-key/cases.js')).cases,
  'wide-action': async () => (await import('./wide-action/cases.js')).cases,
  'wide-resource': async () => (await import('./wide-resource/cases.js')).cases,
};
