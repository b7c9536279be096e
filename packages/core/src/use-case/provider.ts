import { quote, type Problem } from '../document/problem.js';
import type { Rendering } from './expand.js';
import type { Host } from './host.js';

/** The option by which a provider is given by its ARN, in every trust entry with tokens. */
const option = 'provider';

/** A provider that is given must be that of the issuer that the other options say. */
export function providerProblems(rendering: Rendering, host: Host): Problem[] {
  const { issuer } = rendering;
  const isDeferred = (text: string) => host.deferred?.(text) ?? false;
  return rendering.items(option).flatMap(({ name, arn }): Problem[] => {
    if (name === undefined || isDeferred(name) || isDeferred(issuer) || name === issuer) return [];
    const message = `${quote(arn ?? name)} is the provider of ${quote(name)}, and with these options the tokens come from ${quote(issuer)}: give the ARN of its provider, or leave it out`;
    return [{ path: option, message }];
  });
}
