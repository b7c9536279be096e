import { split, SplitError } from '../access/split.js';
import type { PolicyDocument } from '../document/document.js';
import { quote } from '../document/problem.js';
import { quotas, size } from '../document/size.js';
import type { RoleSettings } from './role.js';

/** A part of the permissions, to be named where there are too many. */
interface NamedPart {
  readonly title: string;
  readonly document: PolicyDocument;
}

/**
 * Divides the permissions of a role over as few managed policies as they need, as {@link split} does.
 * @param parts what the document was put together from
 * @throws {SplitError} where there are more than a role takes: it says which parts are the largest
 */
export function layOut(
  document: PolicyDocument,
  parts: readonly NamedPart[],
  { previous = [] }: RoleSettings,
): readonly PolicyDocument[] {
  const { attachments } = quotas.managedPolicy;
  const policies = split(document, 'managedPolicy', { attachments: Infinity, previous });
  if (policies.length <= attachments) return policies;
  const sizes = parts
    .map((part, index) => ({
      name: `\`permissions[${index}]\` (${quote(part.title).slice(1, -1)})`,
      characters: size(part.document),
    }))
    .sort((one, other) => other.characters - one.characters);
  const total = sizes.reduce((sum, { characters }) => sum + characters, 0);
  const largest = sizes.filter(({ characters }) => characters >= total / 4).slice(0, 3);
  const named = (largest.length === 0 ? sizes.slice(0, 1) : largest).map(
    ({ name, characters }) => `${name} with ${characters} characters`,
  );
  throw new SplitError([
    `the permissions need ${policies.length} managed policies, and a role takes ${attachments}: narrow what is largest, ${named.join(', ')}, by fewer names or by patterns, or make a second role`,
  ]);
}
