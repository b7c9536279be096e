export const state = {
  /** Values of parameters of Systems Manager by name. */
  parameters: () => new Map<string, string>(),
};
