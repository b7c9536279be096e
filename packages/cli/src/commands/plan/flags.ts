/** The flags of `postern plan`. */
export interface PlanFlags {
  readonly config?: string;
  readonly since?: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly failOn?: string;
}
