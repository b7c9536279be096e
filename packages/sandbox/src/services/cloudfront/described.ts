import { eachOf, type Section } from '../../world/section.js';

export const described: Readonly<Record<string, Section>> = {
  distributions: {
    order: 110,
    field: {
      kind: 'list',
      fields: {
        id: {
          kind: 'text',
          pattern: /^[A-Z0-9]{1,32}$/,
          says: 'the id of a distribution, such as `E1A2B3C4D5E6F7`',
          required: true,
        },
        aliases: { kind: 'texts', says: 'host names, such as `[www.example.com]`' },
      },
    },
    idOf: ({ id }) => String(id),
    populate: eachOf(({ distributions }, one) => {
      const id = String(one['id']);
      distributions.set(id, { id, aliases: (one['aliases'] ?? []) as readonly string[], invalidations: new Map() });
    }),
  },
};
