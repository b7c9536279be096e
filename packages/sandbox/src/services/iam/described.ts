import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { quote, type DocumentSource } from '@postern/core';
import { eachOf, textOf, type Described, type Section } from '../../world/section.js';
import type { World } from '../../world/world.js';
import type { IdentityProvider, IamRole, SigningKey } from './state.js';

/** A role as it is described, in the account of the world. */
export interface DescribedRole {
  readonly name: string;
  readonly path?: string;
  readonly trust: DocumentSource;
  readonly policies?: readonly DocumentSource[];
  readonly boundary?: DocumentSource;
  readonly maxSessionDuration?: number;
}

/** Makes a role exist. */
export function addRole(world: World, about: DescribedRole): IamRole {
  const { name, path = '/', trust, policies = [], boundary, maxSessionDuration = 3600 } = about;
  const arn = `arn:${world.partition}:iam::${world.account}:role${path}${name}`;
  const role = { arn, name, path, trust, policies, boundary, maxSessionDuration };
  world.roles.set(arn, role);
  return role;
}

/** An identity provider as it is described; `keys` are the JSON Web Keys of its key set. */
export interface DescribedProvider {
  readonly url: string;
  readonly clientIds?: readonly string[];
  readonly keys?: readonly JsonWebKey[];
}

/**
 * Makes an OpenID Connect provider of the account exist.
 * @throws {TypeError} where a key is none
 */
export function addIdentityProvider(world: World, { url, clientIds = [], keys }: DescribedProvider): IdentityProvider {
  const provider = { url, clientIds, keys: keys?.map(readKey) };
  world.identityProviders.set(url, provider);
  return provider;
}

function readKey(jwk: JsonWebKey): SigningKey {
  return { id: textOf(jwk['kid']), key: createPublicKey({ key: jwk, format: 'jwk' }) };
}

export const described: Readonly<Record<string, Section>> = {
  identityProviders: {
    order: 200,
    field: {
      kind: 'list',
      fields: {
        url: {
          kind: 'text',
          pattern: /^https:\/\/[^\s?#]+$/,
          says: 'the issuer of the tokens, a URL with https',
          required: true,
        },
        clientIds: { kind: 'texts', says: 'a list of audiences' },
        keys: { kind: 'value', says: 'a list of JSON Web Keys, as the key set of the provider has them' },
      },
    },
    problems: (value) =>
      ((value ?? []) as readonly Described[]).flatMap(({ url, keys }) =>
        ((keys ?? []) as readonly unknown[]).flatMap((key, index) => {
          try {
            readKey(key as JsonWebKey);
            return [];
          } catch {
            return [`key ${index} of ${quote(String(url))} is no JSON Web Key: write the public one, with \`kty\``];
          }
        }),
      ),
    idOf: ({ url }) => String(url),
    populate: eachOf((world, one) => void addIdentityProvider(world, one as unknown as DescribedProvider)),
  },
  roles: {
    order: 210,
    field: {
      kind: 'list',
      fields: {
        name: { kind: 'text', pattern: /^[\w+=,.@-]{1,64}$/, says: 'the name of a role', required: true },
        path: { kind: 'text', pattern: /^\/(?:[!-~]{1,510}\/)?$/, says: 'a path with a slash at both ends' },
        trust: { kind: 'document', type: 'trust', required: true },
        policies: { kind: 'documents', type: 'identity' },
        boundary: { kind: 'document', type: 'identity' },
        maxSessionDuration: { kind: 'number', most: 43_200 },
      },
    },
    idOf: ({ name }) => String(name),
    populate: eachOf((world, one) => void addRole(world, one as unknown as DescribedRole)),
  },
};
