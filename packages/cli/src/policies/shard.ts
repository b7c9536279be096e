import { quote } from '@postern/core';
import { InputError } from '../errors.js';

/** One share of the work: the `index`-th of `count`, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Reads `I/N`; everything where it is not given. */
export function readShard(text: string | undefined): Shard {
  if (text === undefined) return { index: 1, count: 1 };
  const match = /^([1-9]\d{0,8})\/([1-9]\d{0,8})$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || index > count) {
    throw new InputError([`--shard: ${quote(text)} is no share: write it as \`1/4\`, from \`1/4\` to \`4/4\``]);
  }
  return { index, count };
}

/** Whether the item, counted from 0, belongs to the share. */
export function isInShard(item: number, { index, count }: Shard): boolean {
  return item % count === index - 1;
}
