import { InputError } from '../../errors.js';
import type { Io } from '../../io.js';
import { readOptionsFile } from '../../options/file.js';
import { flagOf, type GivenEntry, type GivenHalf, type GivenRole } from '../../roles/given-role.js';
import { readEntryTexts, type EntrySort } from '../../roles/read-entry.js';
import { readRole, type RoleInFile } from '../../roles/read-file.js';
import { roleSettings } from '../../roles/settings.js';
import type { RoleFlags } from './flags.js';

/**
 * Reads the role that flags describe, and the file that `--options` names: flags replace what it says.
 * @param problems gets what is wrong with them
 */
export async function readGivenRole(flags: RoleFlags, io: Io, problems: string[]): Promise<GivenRole> {
  const file = await readFile(flags.options, io, problems);
  const entries = async (
    part: EntrySort,
    texts: readonly string[] | undefined,
    flag: string,
    otherwise: readonly GivenEntry[] = [],
  ) => (texts === undefined ? otherwise : readEntryTexts(part, texts, flag, io, problems));
  const half = async (
    name: 'plan' | 'apply',
    trust?: readonly string[],
    permissions?: readonly string[],
  ): Promise<GivenHalf> => ({
    trust: await entries('trust', trust, `--${name}-trust`, file?.halves?.[name].trust),
    permissions: await entries('permissions', permissions, `--${name}-permissions`, file?.halves?.[name].permissions),
  });
  const { planTrust, planPermissions, applyTrust, applyPermissions } = flags;
  const isPair =
    file?.halves !== undefined ||
    [planTrust, planPermissions, applyTrust, applyPermissions].some((texts) => texts !== undefined);
  if (isPair && flags.trust !== undefined) {
    problems.push(
      '--trust: with plan and apply apart, each role has its own: write `--plan-trust` and `--apply-trust`',
    );
  }
  const own = roleSettings(flags);
  return {
    trust: isPair ? [] : await entries('trust', flags.trust, '--trust', file?.trust),
    permissions: await entries('permissions', flags.permissions, '--permissions', file?.permissions),
    halves: isPair
      ? {
          plan: await half('plan', planTrust, planPermissions),
          apply: await half('apply', applyTrust, applyPermissions),
        }
      : undefined,
    settings: { ...file?.settings, ...own },
    spell(setting) {
      const [name = ''] = setting.split('.');
      const isInFile = file !== undefined && !Object.hasOwn(own, name);
      return isInFile || setting.includes('.') ? setting : flagOf(name);
    },
  };
}

async function readFile(path: string | undefined, io: Io, problems: string[]): Promise<RoleInFile | undefined> {
  if (path === undefined) return undefined;
  try {
    return readRole(await readOptionsFile(path, io));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
