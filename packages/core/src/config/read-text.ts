import { JsonPlaces } from '../document/json-places.js';
import { readJson } from '../document/json.js';
import type { Problem } from '../document/problem.js';
import { LineIndex, type PlacedProblem, type TextPlace } from '../document/text-place.js';
import { readYaml } from './read-yaml.js';
import type { YamlLibrary } from './yaml-library.js';
import { placesUnder } from './yaml-places.js';

/** A text that was read: its value counts only where there are no problems. */
export interface ReadText {
  readonly value: unknown;
  readonly problems: readonly PlacedProblem[];
  /** Where the part with a path stands. */
  readonly placeOf: (path: string) => TextPlace;
}

/**
 * Reads the text of a `postern.yaml` where it is JSON, or nothing else either: for that no YAML library is needed.
 * @returns undefined where it may be YAML, which {@link readYamlText} reads
 */
export function readJsonText(text: string): ReadText | undefined {
  if (text.replace('\ufeff', '').trim() === '') {
    return whole('the file is empty: write `version: 1`, and `roles` by name');
  }
  const json = readJson(text);
  if (!json.wellFormed) {
    const message = notJson(json.problems);
    // A YAML library would take many seconds to come to the same end.
    return message.startsWith('nested') ? whole(message) : undefined;
  }
  const [lines, places] = [new LineIndex(text), new JsonPlaces(text)];
  const placeOf = (path: string) => lines.at(places.find(path).offset);
  return {
    value: json.value,
    problems: json.problems.map(({ message, offset }) => ({ ...lines.at(offset), message })),
    placeOf,
  };
}

/** Reads the text of a `postern.yaml` as YAML, with everything that is wrong with it. */
export function readYamlText(text: string, yaml: YamlLibrary): ReadText {
  const lines = new LineIndex(text);
  try {
    const { contents, problems, value } = readYaml(text, yaml);
    const looksLikeJson = /^\ufeff?\s*[{[]/.test(text);
    if (looksLikeJson && problems.length > 0)
      return whole(`neither JSON nor YAML: ${notJson(readJson(text).problems)}`);
    const places = placesUnder(contents, text.length, yaml);
    return {
      value,
      problems: problems.map(({ message, offset }) => ({ ...lines.at(offset), message })),
      placeOf: (path) => lines.at(places.find(path).offset),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return whole('nested too deep: flatten it');
  }
}

/**
 * What is wrong, as lines that begin with the file, the line and the column, in the order of the file.
 * @param name what the file is called
 * @param problems of parts, each with its path
 */
export function placedLines(
  { placeOf, problems: own }: ReadText,
  name: string,
  problems: readonly Problem[] = [],
): string[] {
  const placed = problems.map(({ path, message }) => ({
    ...placeOf(path),
    message: path === '' ? message : `${path}: ${message}`,
  }));
  return [...own, ...placed]
    .sort((one, other) => one.line - other.line || one.column - other.column)
    .map(({ column, line, message }) => `${name}:${line}:${column}: ${message}`);
}

function whole(message: string): ReadText {
  return { value: undefined, problems: [{ line: 1, column: 1, message }], placeOf: () => ({ line: 1, column: 1 }) };
}

function notJson([first]: readonly Problem[]): string {
  return first?.message ?? 'no JSON';
}
