export { chosen } from './chosen.js';
export { CiRolePair } from './ci-role-pair.js';
export type { CiRolePairProps } from './ci-role-pair.js';
export { CiRole } from './ci-role.js';
export type { CiRoleProps, CiRoleSettings } from './ci-role.js';
export type { ConstructOf, Reference } from './resource.js';
export { UseCasePolicy } from './use-case-policy.js';
export type { AttachmentProps, CdkOptionsOf, UseCasePolicyProps } from './use-case-policy.js';
export * from './use-cases.js';
