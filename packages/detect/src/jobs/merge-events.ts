import type { CiEvent } from '../event.js';
import { oneOf, type Value } from '../values/value.js';

/**
 * Events of a job that runs once for each combination of a matrix, as events of one job: what happens at the same place is one
 * event, whose values may be those of any run.
 */
export function mergeEvents(runs: readonly (readonly CiEvent[])[]): readonly CiEvent[] {
  const [first] = runs;
  if (runs.length < 2) return first ?? [];
  const merged = new Map<string, CiEvent>();
  for (const run of runs) {
    const times = new Map<string, number>();
    for (const event of run) {
      const place = JSON.stringify([
        event.kind,
        event.kind === 'step' ? event.name : event.words.length,
        event.at,
        event.through,
      ]);
      const time = (times.get(place) ?? 0) + 1;
      times.set(place, time);
      const key = `${place} ${time}`;
      const other = merged.get(key);
      merged.set(key, other === undefined ? event : mergeTwo(other, event));
    }
  }
  return [...merged.values()];
}

function mergeTwo(left: CiEvent, right: CiEvent): CiEvent {
  const variables = mergeMaps(left.variables, right.variables);
  const directory = oneOf([left.directory, right.directory]);
  if (left.kind === 'step' && right.kind === 'step') {
    return { ...left, variables, directory, inputs: mergeMaps(left.inputs, right.inputs) };
  }
  if (left.kind === 'call' && right.kind === 'call') {
    return {
      ...left,
      variables,
      directory,
      words: left.words.map((word, at) => oneOf([word, right.words[at] ?? word])),
    };
  }
  return left;
}

function mergeMaps(left: ReadonlyMap<string, Value>, right: ReadonlyMap<string, Value>): Map<string, Value> {
  const merged = new Map(left);
  for (const [name, value] of right) {
    const other = merged.get(name);
    merged.set(name, other === undefined || other === value ? value : oneOf([other, value]));
  }
  return merged;
}
