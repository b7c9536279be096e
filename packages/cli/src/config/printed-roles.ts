import type { BuiltConfigRole, ConfigEntry } from '@postern/core';
import type { GivenEntry } from '../roles/given-role.js';
import type { WholeRole, WholeRoles } from '../roles/whole-roles.js';

/** A role or a pair of the file as it is printed by itself. */
export function printedAlone({ given, roles }: BuiltConfigRole): WholeRoles {
  const { halves, permissions, settings, trust } = given;
  if (halves === undefined) {
    const whole: WholeRole = { role: roles[0]!, ...part({ trust, permissions }), suffix: '' };
    return { roles: [whole], pair: undefined, settings };
  }
  return {
    roles: [
      { role: roles[0]!, ...part(halves.plan), suffix: 'Plan' },
      { role: roles[1]!, ...part(halves.apply), suffix: 'Apply' },
    ],
    pair: { roleName: String(settings['roleName']), shared: entriesOf(permissions) },
    settings,
  };
}

/** Several as they are printed together: what belongs to each begins with its name. */
export function printedTogether(built: readonly BuiltConfigRole[]): WholeRoles {
  const taken = new Set<string>();
  const roles = built.flatMap((one) =>
    printedAlone(one).roles.map((whole) => ({ ...whole, suffix: freeSuffix(one.given.name, whole.suffix, taken) })),
  );
  return { roles, pair: undefined, settings: {} };
}

/** A name of letters and digits, as templates need it: `shop-deploy` becomes `ShopDeploy`. */
function freeSuffix(name: string, half: string, taken: Set<string>): string {
  const words = name.split(/[^A-Za-z0-9]+/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  const plain = `${words.join('').replace(/^(?=[0-9])/, 'Role')}${half}`;
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? plain : `${plain}x${number}`;
    if (taken.has(candidate.toLowerCase())) continue;
    taken.add(candidate.toLowerCase());
    return candidate;
  }
}

function part(of: { readonly trust: readonly ConfigEntry[]; readonly permissions: readonly ConfigEntry[] }) {
  return { trust: entriesOf(of.trust), permissions: entriesOf(of.permissions) };
}

function entriesOf(entries: readonly ConfigEntry[]): GivenEntry[] {
  return entries.map(({ entry, options, path }) => ({ entry, options, label: path, spelling: {} }));
}
