import { eachOf, type Section } from '../../world/section.js';
import { domainOf } from './domain.js';

export const described: Readonly<Record<string, Section>> = {
  hostedZones: {
    order: 115,
    field: {
      kind: 'list',
      fields: {
        id: {
          kind: 'text',
          pattern: /^[A-Z0-9]{1,32}$/,
          says: 'the id of a hosted zone, such as `Z1PA6795UKMFR9`',
          required: true,
        },
        name: {
          kind: 'text',
          pattern: /^(?=.{1,255}$)[^\s./]{1,63}(?:[.][^\s./]{1,63})*[.]?$/,
          says: 'a domain, such as `example.com`',
          required: true,
        },
        vpcs: { kind: 'texts', says: 'ids of the VPCs of a private zone, such as `[vpc-0a1b2c3d]`' },
      },
    },
    idOf: ({ id }) => String(id),
    populate: eachOf(({ hostedZones }, one) => {
      const id = String(one['id']);
      const vpcs = (one['vpcs'] ?? []) as readonly string[];
      hostedZones.set(id, { id, name: domainOf(String(one['name'])), vpcs });
    }),
  },
};
