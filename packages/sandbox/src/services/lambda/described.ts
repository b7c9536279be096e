import { eachOf, textOf, type Section } from '../../world/section.js';
import { arnOf } from '../../world/world.js';
import { newFunction } from './state.js';

const name = /^[A-Za-z0-9_-]{1,64}$/;

export const described: Readonly<Record<string, Section>> = {
  functions: {
    order: 90,
    field: {
      kind: 'list',
      fields: {
        name: { kind: 'text', pattern: name, says: 'a function name', required: true },
        role: { kind: 'text', says: 'the name or ARN of the execution role' },
        versions: { kind: 'number', most: 1000 },
        aliases: { kind: 'map', says: 'aliases with the version of each, such as `live: "3"`' },
      },
    },
    idOf: (one) => String(one['name']),
    populate: eachOf((world, one) => {
      const id = String(one['name']);
      const role = textOf(one['role']) ?? id;
      const arn = role.startsWith('arn:') ? role : arnOf(world, 'iam', '', world.account, `role/${role}`);
      const made = newFunction(id, arn);
      for (let version = 1; version <= Number(one['versions'] ?? 0); version += 1)
        made.versions.push({ codeSha256: `code-${version}`, revision: -version });
      for (const [alias, version] of Object.entries((one['aliases'] ?? {}) as Readonly<Record<string, string>>))
        made.aliases.set(alias, { name: alias, version, description: '' });
      world.functions.set(`${world.account}/${world.region}/${id}`, made);
    }),
  },
};
