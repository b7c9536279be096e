import { services } from '../services/services.js';
import { isMap, problemsOf, type Field } from './fields.js';
import type { Described, Section } from './section.js';
import type { World } from './world.js';

/** What a world file says exists, after it was found to be right. */
export interface DescribedWorld {
  readonly [section: string]: unknown;
}

/** What every service lets a file say of it, by section. */
const sections: readonly (readonly [string, Section])[] = services
  .flatMap(({ described = {} }) => Object.entries(described))
  .sort(([, a], [, b]) => a.order - b.order);

const fields: Readonly<Record<string, Field>> = Object.fromEntries(sections.map(([name, { field }]) => [name, field]));

/** Finds everything that is wrong with a world, also across its sections. */
export function problemsOfWorld(value: unknown): string[] {
  const problems = problemsOf(value, fields);
  if (problems.length > 0 || !isMap(value)) return problems;
  return sections.flatMap(([name, { problems: own, idOf }]) => [
    ...(own?.(value[name]) ?? []).map((problem) => `${name}: ${problem}`),
    ...(idOf === undefined ? [] : repeated(name, ((value[name] ?? []) as readonly Described[]).map(idOf))),
  ]);
}

function repeated(section: string, ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map(
    (id) => `${section}: \`${id}\` is there twice: leave one out`,
  );
}

/** Makes in a sandbox's world what a file says exists. */
export async function populate(world: World, described: DescribedWorld): Promise<void> {
  for (const [name, section] of sections) {
    if (described[name] !== undefined) await section.populate(world, described[name]);
  }
}
