import { chosen, CiRole, cdkDeploy, githubActionsTrust } from '@postern/cdk';
import { App, Stack } from 'aws-cdk-lib/core';

const app = new App();
const stack = new Stack(app, 'site-deploy', { env: { account: '111122223333', region: 'eu-west-1' } });

new CiRole(stack, 'Role', {
  roleName: 'site-deploy',
  trust: chosen(githubActionsTrust, {
    owner: 'acme',
    ownerId: '41000001',
    repository: 'site',
    repositoryId: '712000002',
    environments: ['production'],
    branches: ['main'],
  }),
  permissions: [
    chosen(cdkDeploy, {
      mode: 'deploy',
      lookups: false,
    }),
  ],
});
