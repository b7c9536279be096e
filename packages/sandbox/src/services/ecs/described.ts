import { nameField } from '../../world/fields.js';
import { eachOf, textOf, type Section } from '../../world/section.js';

const family = 'a task definition family, without a revision';

export const described: Readonly<Record<string, Section>> = {
  taskDefinitions: {
    order: 60,
    field: {
      kind: 'list',
      fields: {
        family: nameField(family, true),
        taskRoleArn: { kind: 'text', says: 'the name or ARN of the task role' },
        executionRoleArn: { kind: 'text', says: 'the name or ARN of the execution role' },
        networkMode: { kind: 'text', says: 'a network mode' },
        cpu: { kind: 'text', says: 'a text, such as `"256"`' },
        memory: { kind: 'text', says: 'a text, such as `"512"`' },
        requiresCompatibilities: { kind: 'texts', says: 'launch types' },
        containerDefinitions: { kind: 'value', says: 'a list, as the API of ECS takes it' },
      },
    },
    populate: eachOf(({ containers: { taskDefinitions } }, one) => {
      const name = String(one['family']);
      const list = taskDefinitions.get(name) ?? [];
      const input = { containerDefinitions: [{ name, image: 'image' }], ...one };
      taskDefinitions.set(name, [
        ...list,
        { family: name, revision: list.length + 1, input, tags: [], status: 'ACTIVE' },
      ]);
    }),
  },
  services: {
    order: 70,
    field: {
      kind: 'list',
      fields: {
        name: nameField('a service name', true),
        cluster: nameField('a cluster name'),
        controller: { kind: 'text', pattern: /^(?:ECS|CODE_DEPLOY)$/, says: '`ECS` or `CODE_DEPLOY`' },
        taskDefinition: nameField(family),
        desiredCount: { kind: 'number', most: 1000 },
      },
    },
    idOf: ({ cluster, name }) => `${String(cluster ?? 'default')}/${String(name)}`,
    populate: eachOf(({ containers: { taskDefinitions, services } }, one) => {
      const name = String(one['name']);
      const cluster = textOf(one['cluster']) ?? 'default';
      const runs = textOf(one['taskDefinition']) ?? name;
      if (!taskDefinitions.has(runs)) {
        const input = { family: runs, containerDefinitions: [{ name, image: 'image' }] };
        taskDefinitions.set(runs, [{ family: runs, revision: 1, input, tags: [], status: 'ACTIVE' }]);
      }
      services.set(`${cluster}/${name}`, {
        name,
        cluster,
        controller: one['controller'] === 'CODE_DEPLOY' ? 'CODE_DEPLOY' : 'ECS',
        taskDefinition: `${runs}:${taskDefinitions.get(runs)!.length}`,
        desiredCount: Number(one['desiredCount'] ?? 1),
        deployments: 1,
      });
    }),
  },
};
