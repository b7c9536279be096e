import { kmsKeyField } from '../../world/fields.js';
import { eachOf, entriesOf, textOf, type Section } from '../../world/section.js';
import { keyOf } from '../kms/key-names.js';

export const described: Readonly<Record<string, Section>> = {
  parameters: {
    order: 20,
    field: { kind: 'map', says: 'parameters of Systems Manager with the value of each, such as `/app/version: "1.2"`' },
    populate: entriesOf((world, name, value) => void world.parameters.set(name, value)),
  },
  secureParameters: {
    order: 21,
    field: {
      kind: 'list',
      fields: {
        name: { kind: 'text', pattern: /^[A-Za-z0-9_./-]{1,1011}$/, says: 'a parameter name', required: true },
        value: { kind: 'text', says: 'the value, as it is when it is decrypted' },
        kmsKey: kmsKeyField,
      },
    },
    idOf: ({ name }) => String(name),
    populate: eachOf((world, one) => {
      const name = String(one['name']);
      world.parameters.set(name, textOf(one['value']) ?? '');
      world.parameterKeys.set(name, keyOf(world, textOf(one['kmsKey']) ?? 'alias/aws/ssm'));
    }),
  },
};
