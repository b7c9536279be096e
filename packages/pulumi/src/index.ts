export type { Resource } from './resource.js';
export { UseCasePolicy } from './use-case-policy.js';
export type { AttachmentArgs, PulumiOptionsOf, UseCasePolicyArgs } from './use-case-policy.js';
export * from './use-cases.js';
