import type { Field } from './fields.js';
import type { World } from './world.js';

/** One thing of a list, after it was found to be right. */
export type Described = Readonly<Record<string, unknown>>;

/** A section of a world file: what may stand in it, and what it makes exist. */
export interface Section {
  readonly field: Field;
  /** What is wrong with a value of the right shape. */
  readonly problems?: (value: unknown) => readonly string[];
  /** What tells the things of a list apart; one that is there twice is an error. */
  readonly idOf?: (one: Described) => string;
  /** Where it stands among the sections: what others name comes before them. */
  readonly order: number;
  readonly populate: (world: World, value: unknown) => void | Promise<void>;
}

/** A section that is a list, each item of which is made by itself. */
export const eachOf =
  (populate: (world: World, one: Described) => void | Promise<void>): Section['populate'] =>
  async (world, value) => {
    for (const one of (value ?? []) as readonly Described[]) await populate(world, one);
  };

/** A section of names with values. */
export const entriesOf =
  (populate: (world: World, name: string, value: string) => void): Section['populate'] =>
  (world, value) => {
    for (const [name, one] of Object.entries((value ?? {}) as Readonly<Record<string, string>>))
      populate(world, name, one);
  };

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
