import { randomUUID } from 'node:crypto';
import { eachOf, textOf, type Section } from '../../world/section.js';
import { arnOf } from '../../world/world.js';

const mapOf = (value: unknown) => new Map(Object.entries((value ?? {}) as Readonly<Record<string, string>>));

export const described: Readonly<Record<string, Section>> = {
  stacks: {
    order: 120,
    field: {
      kind: 'list',
      fields: {
        name: { kind: 'text', pattern: /^[A-Za-z][A-Za-z0-9-]{0,127}$/, says: 'a stack name', required: true },
        id: {
          kind: 'text',
          pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
          says: 'what the ARN ends with, such as `1234abcd-12ab-34cd-56ef-1234567890ab`',
        },
        status: { kind: 'text', pattern: /^[A-Z_]{1,60}$/, says: 'a status, such as `UPDATE_COMPLETE`' },
        role: { kind: 'text', says: 'the name or ARN of the service role that was passed last' },
        template: { kind: 'text', says: 'the text of the template' },
        outputs: { kind: 'map', says: 'outputs with the value of each' },
        resources: { kind: 'map', says: 'logical ids with the physical id of each' },
      },
    },
    idOf: ({ name }) => String(name),
    populate: eachOf((world, one) => {
      const name = String(one['name']);
      const id = textOf(one['id']);
      const role = textOf(one['role']);
      const template = textOf(one['template']);
      const status = textOf(one['status']) ?? 'UPDATE_COMPLETE';
      world.stacks.set(`${world.account}/${world.region}/${name}`, {
        name,
        id: arnOf(world, 'cloudformation', world.region, world.account, `stack/${name}/${id ?? randomUUID()}`),
        known: id !== undefined,
        status,
        deployed: template === undefined ? undefined : { template, parameters: [], tags: [], capabilities: [] },
        role:
          role === undefined || role.startsWith('arn:') ? role : arnOf(world, 'iam', '', world.account, `role/${role}`),
        outputs: mapOf(one['outputs']),
        resources: mapOf(one['resources']),
        changeSets: new Map(),
        events: [{ status, time: new Date(0) }],
        protection: false,
        created: new Date(0),
      });
    }),
  },
};
