import { readJson } from '@postern/core';
import { JsonPlaces } from '../reports/json-places.js';
import { LineIndex, type PlacedProblem, type TextPlace } from '../reports/text-places.js';

/** A text that was read: its value counts only where there are no problems. */
export interface ReadText {
  readonly value: unknown;
  readonly problems: readonly PlacedProblem[];
  /** Where the part with a path stands. */
  readonly placeOf: (path: string) => TextPlace;
}

/** Reads JSON where the text is JSON, else YAML. */
export async function readText(text: string): Promise<ReadText> {
  const lines = new LineIndex(text);
  const json = readJson(text);
  if (json.wellFormed) {
    const places = new JsonPlaces(text);
    const placeOf = (path: string) => lines.at(places.find(path).offset);
    return {
      value: json.value,
      problems: json.problems.map((one) => ({ ...placeOf(one.path), message: one.message })),
      placeOf,
    };
  }
  const notJson = json.problems[0]?.message ?? 'no JSON';
  const whole = (message: string): ReadText => ({
    value: undefined,
    problems: [{ line: 1, column: 1, message }],
    placeOf: () => ({ line: 1, column: 1 }),
  });
  // The YAML reader would take many seconds to come to the same end.
  if (notJson.startsWith('nested')) return whole(notJson);
  const [{ readYamlText }, { YamlPlaces }] = await Promise.all([
    import('./read-yaml.js'),
    import('../reports/yaml-places.js'),
  ]);
  try {
    const { value, problems } = readYamlText(text);
    const looksLikeJson = /^\ufeff?\s*[{[]/.test(text);
    if (looksLikeJson && problems.length > 0) return whole(`neither JSON nor YAML: ${notJson}`);
    const places = new YamlPlaces(text);
    return { value, problems, placeOf: (path) => lines.at(places.find(path).offset) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return whole('nested too deep: flatten it');
  }
}
