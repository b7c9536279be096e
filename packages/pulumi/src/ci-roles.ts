import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import {
  accountProblems,
  findMade,
  loadConfigFile,
  type FileReaders,
  type LoadedFile,
  type YamlLibrary,
} from '@postern/core';
import { getCallerIdentityOutput } from '@pulumi/aws/getCallerIdentity.js';
import * as pulumi from '@pulumi/pulumi';
import { CiRolePair } from './ci-role-pair.js';
import { CiRole } from './ci-role.js';
import { openPlace } from './open-place.js';

/** The reader of YAML is loaded when a file is read: a program with policies alone does not wait for it. */
const load = createRequire(import.meta.url);
const readers: FileReaders = {
  fs,
  utf8: new TextDecoder('utf-8', { fatal: true }),
  yaml: () => load('yaml') as YamlLibrary,
};

/** Which roles of a file are made. */
export interface CiRolesArgs {
  /**
   * The environment by its name in the file, of whose roles each is made; `null` for the roles of no environment. It may be left
   * out where the file has no environments.
   */
  readonly environment?: string | null;
  /** Tags of all that is made. */
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** The roles of a `postern.yaml`, in one of its environments. */
export class CiRoles extends pulumi.ComponentResource {
  /** The roles by their names in the file. */
  readonly roles: ReadonlyMap<string, CiRole>;
  /** The pairs for plan and apply by their names in the file. */
  readonly pairs: ReadonlyMap<string, CiRolePair>;
  private readonly title: string;

  /**
   * Makes the roles that a `postern.yaml` or `postern.json` has for an environment, as `postern build` prints them, each as a
   * {@link CiRole}, or a {@link CiRolePair} where plan and apply are apart. Each is called after the component and its name in the
   * file, as `ci-deploy`.
   * @param file its path, from the folder of the program
   * @throws {Error} with the name of the component and every problem of the file by line and column. That the file has another
   * account than the provider is an error of the preview.
   */
  static fromFile(name: string, file: string, args: CiRolesArgs = {}, opts?: pulumi.ComponentResourceOptions): CiRoles {
    const loaded = loadConfigFile(file, args.environment, readers, openPlace);
    refuse(name, loaded.problems);
    return new CiRoles(name, loaded, args.tags, opts);
  }

  private constructor(
    name: string,
    loaded: LoadedFile,
    tags: CiRolesArgs['tags'],
    opts: pulumi.ComponentResourceOptions | undefined,
  ) {
    super('postern:index:CiRoles', name, {}, opts);
    const [roles, pairs] = [new Map<string, CiRole>(), new Map<string, CiRolePair>()];
    for (const { given } of loaded.roles) {
      const { halves, name: own, permissions, settings, trust } = given;
      const [title, child] = [`${name}-${own}`, { parent: this }];
      const shared = { ...settings, permissions, ...(tags === undefined ? {} : { tags }) };
      if (halves === undefined) roles.set(own, new CiRole(title, { ...shared, trust }, child));
      else pairs.set(own, new CiRolePair(title, { ...shared, ...halves }, child));
    }
    this.title = name;
    this.roles = roles;
    this.pairs = pairs;
    this.registerOutputs({ account: this.checkAccount(loaded) });
  }

  /** @throws {Error} where the file has no role of that name in the environment, or a pair */
  role(name: string): CiRole {
    return findMade(this.roles, name, 'role', this.pairs);
  }

  /** @throws {Error} where the file has no pair of that name in the environment, or one role */
  pair(name: string): CiRolePair {
    return findMade(this.pairs, name, 'pair', this.roles);
  }

  /** The account of the provider, which has to be that of the file. */
  private checkAccount({ describe, roles }: LoadedFile): pulumi.Output<string> | undefined {
    if (roles.every(({ given }) => given.settings['account'] === undefined)) return undefined;
    return getCallerIdentityOutput({}, { parent: this }).accountId.apply((account) => {
      refuse(this.title, describe(accountProblems(roles, account, 'the provider works')));
      return account;
    });
  }
}

function refuse(name: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`${name}: ${[...new Set(problems)].join('\n')}`);
}
