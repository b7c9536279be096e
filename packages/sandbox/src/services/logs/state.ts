/** The lines of a log stream, oldest first. */
export type LogStream = readonly string[];

export const state = {
  /** Log groups of CloudWatch Logs by name, each with its streams by name. */
  logGroups: () => new Map<string, Map<string, LogStream>>(),
};
