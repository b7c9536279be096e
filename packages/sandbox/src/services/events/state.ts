/** A rule of EventBridge on the default bus. */
export interface EventRule {
  readonly name: string;
  readonly schedule: string | undefined;
  isEnabled: boolean;
  /** Targets as the API takes them, by their id. */
  readonly targets: Map<string, Readonly<Record<string, unknown>>>;
}

export const state = {
  /** Rules of EventBridge by name. */
  eventRules: () => new Map<string, EventRule>(),
};
