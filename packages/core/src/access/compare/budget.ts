/** How much work a comparison may still do. Counted in steps, not in time, so that the answer is always the same. */
export class Budget {
  constructor(private left: number) {}

  get exhausted(): boolean {
    return this.left <= 0;
  }

  spend(steps: number): void {
    this.left -= steps;
  }
}

/** Said by a search that could neither find something nor rule it out. */
export const unsure = Symbol('unsure');
export type Unsure = typeof unsure;
