import { chosen, CiRole } from '@postern/pulumi';
import * as pulumi from '@pulumi/pulumi';
import type { RoleCell, RoleTexts } from './roles.js';

let place: RoleCell['place'] | undefined;
let boundary = '';

/** Answers for the provider: the place of the cell at hand. Call once, before the first component. */
export async function mockRoleProvider(): Promise<void> {
  await pulumi.runtime.setMocks({
    newResource({ name, type, inputs }) {
      const { policy } = inputs as { readonly policy?: string };
      if (type === 'aws:iam/policy:Policy' && name.endsWith('-boundary')) boundary = policy ?? '';
      return { id: name, state: { name, arn: `arn:${name}`, ...inputs } };
    },
    call({ token }) {
      if (token.endsWith('getCallerIdentity')) return { accountId: place?.account };
      return token.endsWith('getRegion') ? { region: place?.region } : { partition: place?.partition };
    },
  });
}

let count = 0;
const valueOf = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));

/** The role of a Pulumi program; deferred, every option is an output, and each use case has a policy of its own. */
export async function fromPulumi(cell: RoleCell, deferred: boolean): Promise<RoleTexts> {
  place = cell.place;
  boundary = '';
  count += 1;
  const given = (options: Readonly<Record<string, unknown>>) =>
    (deferred
      ? Object.fromEntries(Object.entries(options).map(([name, value]) => [name, pulumi.output(value)]))
      : options) as never;
  const role = new CiRole(`role-${count}`, {
    trust: chosen(cell.trust.entry, given(cell.trust.options)),
    permissions: cell.permissions.map(({ entry, options }) => chosen(entry, given(options))),
    boundary: true,
    roleName: 'ci',
  });
  const trust = await valueOf(role.trustJson);
  const policies = await Promise.all(role.policyJsons.map(valueOf));
  await valueOf(role.boundaryPolicy!.arn);
  return { trust, policies, boundary };
}
