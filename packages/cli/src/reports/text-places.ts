import { JsonPlaces, yamlPlaces, type Places } from '@postern/core';

/** Whether a text is written as JSON; YAML that begins like it is read as it just as well. */
export function isJson(text: string): boolean {
  return /^\ufeff?\s*[{[]/.test(text);
}

/** Finds parts of a text; what reads YAML is loaded for YAML only. */
export async function placesIn(text: string): Promise<Places> {
  return isJson(text) ? new JsonPlaces(text) : yamlPlaces(text, await import('yaml'));
}
