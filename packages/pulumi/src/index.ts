export * from './entries.js';
export type { Attached, Identities } from './attach.js';
export type { Reference, ResourceOf } from './resource.js';
export type { ResourceTypes } from './resource-types.js';
export { UseCasePolicy } from './use-case-policy.js';
export type { AttachmentArgs, PulumiOptionsOf, UseCasePolicyArgs } from './use-case-policy.js';
export * from './use-cases.js';
