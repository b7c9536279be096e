import type { Principals } from '../principals/principals.js';
import type { World } from '../world/world.js';
import type { Log } from './log.js';

/** What serving needs to know of a sandbox. */
export interface ServerSetting {
  readonly world: World;
  readonly principals: Principals;
  readonly log: Log;
  /** Told of a host other than AWS's that somebody tried to reach. */
  readonly onRefused: (host: string) => void;
  /** What only the job of this run knows. */
  readonly secret: string;
}
