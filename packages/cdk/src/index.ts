export type { ConstructOf, Reference } from './resource.js';
export { UseCasePolicy } from './use-case-policy.js';
export type { AttachmentProps, CdkOptionsOf, UseCasePolicyProps } from './use-case-policy.js';
export * from './use-cases.js';
