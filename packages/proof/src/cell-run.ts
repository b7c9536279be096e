import type { OpenCell } from './cell.js';
import type { ScenarioResult } from './run-scenario.js';
import type { Scenario } from './scenario.js';
import type { ToolName } from './tools.js';

/** A scenario run with the whole policy of a cell. */
export interface CellRun {
  readonly cell: OpenCell;
  readonly scenario: Scenario;
  /** Undefined where it was not run, because tools are missing. */
  readonly result: ScenarioResult | undefined;
  readonly missing: readonly ToolName[];
}
