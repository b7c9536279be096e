import { kmsKeyField } from '../../world/fields.js';
import { eachOf, textOf, type Section } from '../../world/section.js';
import { keyOf } from '../kms/key-names.js';

export const described: Readonly<Record<string, Section>> = {
  tables: {
    order: 40,
    field: {
      kind: 'list',
      fields: {
        name: { kind: 'text', pattern: /^[A-Za-z0-9_.-]{3,255}$/, says: 'a table name', required: true },
        partitionKey: { kind: 'text', says: 'the attribute that is the partition key' },
        kmsKey: kmsKeyField,
      },
    },
    idOf: ({ name }) => String(name),
    populate: eachOf(async (world, one) => {
      const name = String(one['name']);
      await world.tables.create(name, textOf(one['partitionKey']) ?? 'LockID');
      const about = world.tables.known.get(name);
      const key = textOf(one['kmsKey']);
      if (about !== undefined && key !== undefined) about.kmsKey = keyOf(world, key);
    }),
  },
};
