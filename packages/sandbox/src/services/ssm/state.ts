export const state = {
  /** Values of parameters of Systems Manager by name. */
  parameters: () => new Map<string, string>(),
  /** The ARN of the KMS key of each parameter whose value is encrypted. */
  parameterKeys: () => new Map<string, string>(),
};
