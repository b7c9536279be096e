import { readJson, visible } from '@postern/core';
import { InputError } from '../errors.js';
import { findPolicies } from './find.js';
import type { FoundPolicies, TemplatePlace } from './found.js';
import { isObject } from './json-values.js';

/**
 * Reads every policy of a text, JSON or YAML.
 * @param label what the text is called in messages
 * @throws {InputError} where it cannot be read, or holds no policy
 */
export async function findInText(text: string, label: string, place: TemplatePlace): Promise<FoundPolicies> {
  return foundIn(await readValue(text, label), label, place);
}

/**
 * Finds the policies in a value.
 * @throws {InputError} where there are none
 */
export function foundIn(value: unknown, label: string, place: TemplatePlace): FoundPolicies {
  const found = findPolicies(value, place);
  if (found !== undefined) return found;
  if (isObject(value) && 'resource' in value) {
    throw new InputError([`${label} is Terraform configuration: give what \`terraform show -json PLAN\` prints`]);
  }
  throw new InputError([
    `${label} holds no policy that can be told: give a policy document, account details, a template or a plan as JSON`,
  ]);
}

/**
 * Reads a text as JSON or YAML.
 * @throws {InputError} where it is neither
 */
export async function readValue(text: string, label: string): Promise<unknown> {
  if (text.trim() === '') throw new InputError([`${label} is empty: give a policy document as JSON`]);
  const reading = readJson(text.replace(/^\uFEFF/, ''), 'asWritten');
  if (reading.wellFormed && reading.problems.length === 0) return reading.value;
  if (reading.wellFormed || /^\s*[{[]/.test(text)) {
    throw new InputError(reading.problems.map(({ message }) => `${label}: ${message}`));
  }
  const { readTemplateYaml } = await import('../printing/yaml.js');
  try {
    return readTemplateYaml(text);
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('\n');
    throw new InputError([
      `${label} cannot be read as JSON or YAML (${visible(reason.replace(/[:.]\s*$/, ''))}): give a policy document, a template or a plan`,
    ]);
  }
}
