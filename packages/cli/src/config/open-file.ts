import { readConfig, type ConfigRole } from '@postern/core';
import { InputError } from '../errors.js';
import type { PlaceTexts } from './first-file.js';
import { readConfigText, type ConfigFile } from './read-file.js';

/** A `postern.yaml` that is there. */
export interface OpenedFile extends ConfigFile {
  readonly text: string;
  /** Its roles, in each environment. */
  readonly roles: readonly ConfigRole[];
  /** Account and region that it says for all: in an environment there may be others. */
  readonly places: PlaceTexts;
}

/**
 * Reads the text of a `postern.yaml` that is there.
 * @param name what the file is called in messages
 * @throws {InputError} where it cannot be read, by line and column
 */
export async function openFile(text: string, name: string): Promise<OpenedFile> {
  const file = await readConfigText(text, name);
  const { problems, roles } = readConfig(file.value);
  if (problems.length > 0) throw new InputError(file.describe(problems));
  return { ...file, text, roles, places: placesIn(file.value) };
}

function placesIn(value: unknown): PlaceTexts {
  const top = value as Readonly<Record<string, unknown>>;
  if (top['environments'] !== undefined && top['environments'] !== null) return {};
  const said = (['account', 'region'] as const).flatMap((name) =>
    typeof top[name] === 'string' ? [[name, top[name]]] : [],
  );
  return Object.fromEntries(said) as PlaceTexts;
}
