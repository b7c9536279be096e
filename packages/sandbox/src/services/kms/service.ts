import { randomBytes } from 'node:crypto';
import { ServiceError, type Call, type Operation, type Rule } from '../../server/call.js';
import { aliasContext, keyArn, keysBehind, unresolved } from './key-names.js';
import { defineService } from '../define.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };

const source = 'https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html';

/** A key used directly: there is no `kms:ViaService`, and the caller chooses the encryption context. */
function direct(action: string): Rule {
  return {
    source,
    checks: (call) => {
      const chosen = (call.input['EncryptionContext'] ?? {}) as Record<string, unknown>;
      const context: Record<string, string | string[]> = { 'kms:CallerAccount': call.principal.account };
      for (const [key, value] of Object.entries(chosen)) context[`kms:EncryptionContext:${key}`] = String(value);
      if (Object.keys(chosen).length > 0) context['kms:EncryptionContextKeys'] = Object.keys(chosen);
      const resource = keyOf(call);
      const named =
        unresolved.exec(String(call.input['KeyId'] ?? '')) ?? /^(alias\/.+)$/.exec(String(call.input['KeyId']));
      if (named !== null) context['kms:RequestAlias'] = named[1]!;
      return [{ action, resource, context: { ...context, ...aliasContext(call, resource) } }];
    },
  };
}

/** A ciphertext of the sandbox names its key; a request may name it too. */
function keyOf(call: Call): string {
  const named = call.input['KeyId'];
  if (typeof named === 'string') return keyArn(call, named);
  const blob = Buffer.from(String(call.input['CiphertextBlob'] ?? ''), 'base64').toString('utf8');
  const key = blob.split('\n', 1)[0] ?? '';
  if (!key.startsWith('arn:'))
    throw new ServiceError('InvalidCiphertextException', 'the ciphertext is not from this sandbox');
  return key;
}

/** A ciphertext of the sandbox: the key that it was made with, and what is in it. */
export function seal(key: string, plain: Buffer): string {
  return Buffer.from(`${key}\n${plain.toString('base64')}`).toString('base64');
}

const rules: Readonly<Record<string, Rule>> = {
  Decrypt: direct('kms:Decrypt'),
  Encrypt: direct('kms:Encrypt'),
  GenerateDataKey: direct('kms:GenerateDataKey'),
  DescribeKey: direct('kms:DescribeKey'),
  ListAliases: { source: `${source}: no resource type`, checks: () => [{ action: 'kms:ListAliases', resource: '*' }] },
};

const operations: Readonly<Record<string, Operation>> = {
  Decrypt: (call) => {
    const blob = Buffer.from(String(call.input['CiphertextBlob'] ?? ''), 'base64').toString('utf8');
    const end = blob.indexOf('\n');
    if (end < 0) throw new ServiceError('InvalidCiphertextException', 'the ciphertext is not from this sandbox');
    return { KeyId: keyOf(call), Plaintext: blob.slice(end + 1), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  },
  Encrypt: (call) => {
    const key = keyOf(call);
    return {
      KeyId: key,
      CiphertextBlob: seal(key, Buffer.from(String(call.input['Plaintext'] ?? ''), 'base64')),
    };
  },
  GenerateDataKey: (call) => {
    const key = keyOf(call);
    const plain = randomBytes(32);
    return { KeyId: key, Plaintext: plain.toString('base64'), CiphertextBlob: seal(key, plain) };
  },
  ListAliases: ({ world }) => ({
    Aliases: [...world.keys.aliases].map(([alias, key]) => ({
      AliasName: alias.replace(/^arn:.*?:(?=alias\/)/, ''),
      AliasArn: alias.startsWith('arn:') ? alias : `${key.slice(0, key.indexOf(':key/'))}:${alias}`,
      TargetKeyId: key.slice(key.lastIndexOf('/') + 1),
    })),
    Truncated: false,
  }),
  DescribeKey: (call) => {
    const key = keyOf(call);
    const KeyMetadata = {
      Arn: key,
      KeyId: key.slice(key.lastIndexOf('/') + 1),
      Enabled: true,
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyManager: 'CUSTOMER',
    };
    return { KeyMetadata };
  },
};

export const kms = defineService({
  name: 'kms',
  model,
  rules,
  operations,
  described,
  notServed: /\.GrantTokens/,
  standsFor: keysBehind,
});
