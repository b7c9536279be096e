import type { Option } from 'commander';
import { InputError } from '../errors.js';
import type { PosternCommand } from '../postern-command.js';

/**
 * Refuses lines on which a flag of an entry stands where the value of another one should, such as `--stacks --account 1`: it
 * would be taken for that value. No value of an entry looks like a flag; `--flag=--value` is read as it is written.
 * @throws {InputError} with every flag that is left without a value
 */
export function refuseSwallowedFlags(
  command: PosternCommand,
  words: readonly string[],
  flags: readonly Option[],
): void {
  const known = new Map(command.options.map((option) => [option.long, option]));
  const asked = new Set(flags.map(({ long }) => long));
  const without = new Set<Option>();
  for (let index = 0; index < words.length && words[index] !== '--'; index += 1) {
    const flag = known.get(words[index]);
    if (flag?.required !== true) continue;
    const next = words[index + 1]?.split('=')[0];
    if (!asked.has(flag.long)) index += 1;
    else if (known.has(next)) without.add(flag);
  }
  if (without.size > 0) throw new InputError([...without].map((flag) => command.missingValue(flag)));
}
