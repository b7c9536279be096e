import type { Section } from '../../world/section.js';
import { entriesOf } from '../../world/section.js';
import type { World } from '../../world/world.js';
import { keyOf } from './key-names.js';

const aliasForm = /^alias\/[A-Za-z0-9/_-]{1,250}$/;
const keyForm =
  /^(?:arn:[^:\s]+:kms:[^:\s]+:[0-9]{12}:key\/\S+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|mrk-[0-9a-f]{32})$/;

/** What is wrong with an alias and its key. */
export function problemsOfAlias(alias: string, key: string): string[] {
  return [
    ...(aliasForm.test(alias) ? [] : [`\`${alias}\` is no alias of a KMS key: write it as \`alias/NAME\``]),
    ...(keyForm.test(key) ? [] : [`\`${key}\` is no KMS key: write its id or its ARN`]),
  ];
}

/** Tells the world which key an alias stands for. */
export function addAlias(world: World, alias: string, key: string): void {
  world.keys.aliases.set(alias, keyOf(world, key));
}

export const described: Readonly<Record<string, Section>> = {
  kmsAliases: {
    order: 10,
    field: { kind: 'map', says: 'aliases with the key of each, such as `alias/state: 1234abcd-...`' },
    problems: (value) =>
      Object.entries((value ?? {}) as Readonly<Record<string, string>>).flatMap(([alias, key]) =>
        problemsOfAlias(alias, key),
      ),
    populate: entriesOf(addAlias),
  },
};
