import { quotas, size, type PolicyDocument } from '@postern/core';

/** How many policies there are, how large, and whether they can be attached. */
export function describeParts(parts: readonly PolicyDocument[], quota: keyof typeof quotas = 'managedPolicy'): string {
  const { title, characters, attachments } = quotas[quota];
  const sizes = parts.map(size).join(', ');
  const count = parts.length === 1 ? '1 policy' : `${parts.length} policies`;
  const text = `${count} of ${sizes} characters; ${title}: at most ${characters}; the access is the same, compared over all requests`;
  if (parts.length <= attachments) return text;
  if (attachments === 1)
    return `${text}\nnote: there can be only one ${title}: take permissions out, or make managed policies`;
  return `${text}\nnote: ${attachments} can be attached by default: see whether AWS raises the quota, or take permissions out`;
}
