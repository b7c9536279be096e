import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import {
  accountProblems,
  findMade,
  loadConfigFile,
  quote,
  type BuiltConfigRole,
  type FileReaders,
  type YamlLibrary,
} from '@postern/core';
import { Annotations, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { CiRolePair } from './ci-role-pair.js';
import { CiRole, type CiRoleSettings } from './ci-role.js';
import { hostOf } from './prepare.js';

/** The reader of YAML is loaded when a file is read: an app with policies alone does not wait for it. */
const load = createRequire(import.meta.url);
const readers: FileReaders = {
  fs,
  utf8: new TextDecoder('utf-8', { fatal: true }),
  yaml: () => load('yaml') as YamlLibrary,
};

/** Which roles of a file are made. */
export interface CiRolesProps {
  /**
   * The environment by its name in the file, of whose roles each is made; `null` for the roles of no environment. It may be left
   * out where the file has no environments.
   */
  readonly environment?: string | null;
}

/** The roles of a `postern.yaml`, in one of its environments. */
export class CiRoles extends Construct {
  /** The roles by their names in the file. */
  readonly roles: ReadonlyMap<string, CiRole>;
  /** The pairs for plan and apply by their names in the file. */
  readonly pairs: ReadonlyMap<string, CiRolePair>;

  /**
   * Makes the roles that a `postern.yaml` or `postern.json` has for an environment, as `postern build` prints them, each as a
   * {@link CiRole}, or a {@link CiRolePair} where plan and apply are apart, with its name in the file as its id.
   * @param file its path, from the folder that the app is run in
   * @throws {Error} with the path of the construct and every problem of the file by line and column; also where the file has
   * another account for a role than the stack is in
   */
  static fromFile(scope: Construct, id: string, file: string, props: CiRolesProps = {}): CiRoles {
    // What the file leaves open of the place is that of the stack.
    const loaded = loadConfigFile(file, props.environment, readers, hostOf(scope));
    const path = scope.node.path === '' ? id : `${scope.node.path}/${id}`;
    refuse(path, loaded.problems);
    const { account } = Stack.of(scope);
    if (!Token.isUnresolved(account)) {
      refuse(path, loaded.describe(accountProblems(loaded.roles, account, 'the stack is')));
    }
    return new CiRoles(scope, id, loaded.roles);
  }

  private constructor(scope: Construct, id: string, built: readonly BuiltConfigRole[]) {
    super(scope, id);
    const [roles, pairs] = [new Map<string, CiRole>(), new Map<string, CiRolePair>()];
    for (const { given } of built) {
      const { halves, name, permissions, trust } = given;
      const settings = settingsOf(given.settings);
      if (halves === undefined) roles.set(name, new CiRole(this, name, { ...settings, trust, permissions }));
      else pairs.set(name, new CiRolePair(this, name, { ...settings, permissions, ...halves }));
    }
    this.roles = roles;
    this.pairs = pairs;
    const { account } = Stack.of(this);
    const said = built.find(({ given }) => given.settings['account'] !== undefined);
    if (said === undefined || !Token.isUnresolved(account)) return;
    const message = `the file says that the roles are in ${quote(said.given.settings['account'])}, and nobody knows where the stack will be: give it an \`env\`, so that this is checked`;
    Annotations.of(this).addWarningV2('@postern/cdk:account', message);
  }

  /** @throws {Error} where the file has no role of that name in the environment, or a pair */
  role(name: string): CiRole {
    return findMade(this.roles, name, 'role', this.pairs);
  }

  /** @throws {Error} where the file has no pair of that name in the environment, or one role */
  pair(name: string): CiRolePair {
    return findMade(this.pairs, name, 'pair', this.roles);
  }
}

/** The settings of a role, which were checked where it was built. */
function settingsOf(settings: Readonly<Record<string, unknown>>): CiRoleSettings {
  const { maxSessionDuration: seconds, ...others } = settings;
  return { ...others, ...(typeof seconds === 'number' ? { maxSessionDuration: Duration.seconds(seconds) } : {}) };
}

function refuse(path: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`${path}: ${[...new Set(problems)].join('\n')}`);
}
