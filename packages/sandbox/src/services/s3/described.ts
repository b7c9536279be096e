import { accountField, kmsKeyField } from '../../world/fields.js';
import { eachOf, textOf, type Section } from '../../world/section.js';
import { keyOf } from '../kms/key-names.js';
import { storeObject } from './state.js';

export const described: Readonly<Record<string, Section>> = {
  buckets: {
    order: 30,
    field: {
      kind: 'list',
      fields: {
        name: { kind: 'text', pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, says: 'a bucket name', required: true },
        account: accountField,
        kmsKey: kmsKeyField,
        bucketKey: { kind: 'flag' },
        versioning: { kind: 'flag' },
        objects: { kind: 'map', says: 'keys with the text of each object' },
      },
    },
    idOf: ({ name }) => String(name),
    populate: eachOf((world, one) => {
      const bucket = world.objects.create(String(one['name']), textOf(one['account']) ?? world.account, world.region);
      const key = textOf(one['kmsKey']);
      if (key !== undefined) bucket.kmsKey = keyOf(world, key);
      if (one['bucketKey'] === true) bucket.bucketKey = true;
      if (one['versioning'] === true)
        bucket.configuration.set(
          'versioning',
          Buffer.from('<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'),
        );
      for (const [name, content] of Object.entries((one['objects'] ?? {}) as Readonly<Record<string, string>>))
        storeObject(bucket, name, Buffer.from(content), { kmsKey: bucket.kmsKey });
    }),
  },
};
