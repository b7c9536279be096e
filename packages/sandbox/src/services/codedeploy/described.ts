import { nameField } from '../../world/fields.js';
import { eachOf, textOf, type Section } from '../../world/section.js';

export const described: Readonly<Record<string, Section>> = {
  deploymentGroups: {
    order: 80,
    field: {
      kind: 'list',
      fields: {
        application: { kind: 'text', says: 'a CodeDeploy application', required: true },
        name: { kind: 'text', says: 'a deployment group of that application', required: true },
        cluster: nameField('the cluster of the service'),
        service: nameField('the service that the group deploys', true),
        config: { kind: 'text', says: 'a deployment configuration' },
      },
    },
    idOf: ({ application, name }) => `${String(application)}/${String(name)}`,
    populate: eachOf(({ deployments: { groups } }, one) => {
      const application = String(one['application']);
      const name = String(one['name']);
      groups.set(`${application}/${name}`, {
        application,
        name,
        config: textOf(one['config']) ?? 'CodeDeployDefault.ECSAllAtOnce',
        service: `${textOf(one['cluster']) ?? 'default'}/${String(one['service'])}`,
      });
    }),
  },
};
