import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * The provider `hashicorp/external`, where this machine has one: named by POSTERN_TERRAFORM_EXTERNAL, or in a mirror. No registry
 * that a test may ask has it, and building it takes minutes.
 */
export const externalProvider: string | undefined =
  process.env['POSTERN_TERRAFORM_EXTERNAL'] ??
  spawnSync(
    'find',
    [
      '/opt',
      '/usr',
      '/root',
      '/home',
      '-maxdepth',
      '8',
      '-name',
      'terraform-provider-external_v*',
      '-not',
      '-path',
      '*/.terraform/*',
    ],
    { encoding: 'utf8' },
  )
    .stdout.split('\n')
    .find((path) => path.includes('/registry.terraform.io/'));

/** Makes a filesystem mirror that has the provider alone. */
export function mirrorOfExternal(folder: string, provider: string): string {
  if (!existsSync(provider)) throw new Error(`POSTERN_TERRAFORM_EXTERNAL names no file: ${provider}`);
  const version = /_v(\d+\.\d+\.\d+)/.exec(basename(provider))?.[1] ?? '2.0.0';
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const place = join(
    folder,
    'registry.terraform.io/hashicorp/external',
    version,
    `${process.platform}_${architecture}`,
  );
  mkdirSync(place, { recursive: true });
  symlinkSync(provider, join(place, `terraform-provider-external_v${version}`));
  return folder;
}
