import { createHash } from 'node:crypto';
import { kmsKeyField } from '../../world/fields.js';
import { eachOf, textOf, type Section } from '../../world/section.js';
import { arnOf } from '../../world/world.js';
import { keyOf } from '../kms/key-names.js';

/** Six characters that follow from the name, so that a run can be repeated. */
const endingOf = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 6);

export const described: Readonly<Record<string, Section>> = {
  secrets: {
    order: 100,
    field: {
      kind: 'list',
      fields: {
        name: { kind: 'text', pattern: /^[A-Za-z0-9/_+=.@-]{1,512}$/, says: 'a secret name', required: true },
        ending: { kind: 'text', pattern: /^[A-Za-z0-9]{6}$/, says: 'the six characters at the end of the ARN' },
        value: { kind: 'text', says: 'the value of the stage `AWSCURRENT`' },
        stages: { kind: 'map', says: 'version stages with the value of each, such as `AWSPREVIOUS: old`' },
        kmsKey: kmsKeyField,
      },
    },
    idOf: ({ name }) => String(name),
    populate: eachOf((world, one) => {
      const name = String(one['name']);
      const ending = textOf(one['ending']) ?? endingOf(name);
      const key = textOf(one['kmsKey']);
      world.secrets.set(name, {
        name,
        arn: arnOf(world, 'secretsmanager', world.region, world.account, `secret:${name}-${ending}`),
        stages: new Map([
          ['AWSCURRENT', textOf(one['value']) ?? ''],
          ...Object.entries((one['stages'] ?? {}) as Readonly<Record<string, string>>),
        ]),
        kmsKey: key === undefined ? undefined : keyOf(world, key),
      });
    }),
  },
};
