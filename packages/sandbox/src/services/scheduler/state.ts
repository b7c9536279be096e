/** A schedule of EventBridge Scheduler as the API takes it. */
export type Schedule = Readonly<Record<string, unknown>>;

export const state = {
  /** Schedules by `GROUP/NAME`. */
  schedules: () => new Map<string, Schedule>(),
};
