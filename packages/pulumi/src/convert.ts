import { hasForm, isResourceForm, type Entry, type Problem } from '@postern/core';
import * as pulumi from '@pulumi/pulumi';
import { fill } from './known.js';
import { toReferences } from './resource.js';

/**
 * Replaces the resources in options by what core knows of them, and fills up what they know of others.
 * @param wrong gets what is wrong, also once it is known
 */
export function convertAll(
  entry: Entry,
  options: Readonly<Record<string, unknown>>,
  wrong: Problem[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fill(entry, options, wrong)).map(([key, value]) => [key, convert(entry, key, value, wrong)]),
  );
}

function convert(entry: Entry, name: string, value: unknown, wrong: Problem[]): unknown {
  const option = Object.hasOwn(entry.options, name) ? entry.options[name] : undefined;
  if (!hasForm(option)) return value;
  const { form } = option;
  const types = isResourceForm(form) ? (form.types ?? []) : undefined;
  return toReferences(value, {
    types,
    title: form.title,
    say: (message) => wrong.push({ path: name, message }),
  });
}

/** A place that is missing is the provider's. */
export function withoutPlace(problems: readonly Problem[]): Problem[] {
  return problems.filter(
    ({ path, message }) => !(['account', 'region'].includes(path) && message.startsWith('missing')),
  );
}

/** Whether a value, or something in it, is known only later. */
export function isLater(value: unknown): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(isLater);
}
