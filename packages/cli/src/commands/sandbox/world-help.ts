/** What a world file holds. */
export const worldHelp = `
A world file says what exists, so that a blue/green deployment or a lookup has
something to find. Every section may be left out:
  services:
    - { cluster: prod, name: web, controller: CODE_DEPLOY, taskDefinition: web }
  deploymentGroups:
    - { application: a, name: g, cluster: prod, service: web, config: Canary }
  taskDefinitions:
    - { family: web, executionRoleArn: web-execution, taskRoleArn: web-task }
  repositories:
    - { name: web, images: [latest] }
  buckets:
    - { name: my-state, kmsKey: alias/state, objects: { app.tfstate: '{}' } }
  tables:
    - { name: locks, partitionKey: LockID }
  parameters:
    /web/version: '1.2'
  kmsAliases:
    alias/state: 1234abcd-12ab-34cd-56ef-1234567890ab
  secureParameters:
    - { name: /web/token, value: s3cret, kmsKey: alias/state }
  secrets:
    - { name: web/database, value: s3cret }
  functions:
    - { name: web, role: web-function, versions: 2, aliases: { live: '1' } }
  stacks:
    - { name: web, role: deploy, outputs: { Bucket: my-state } }
  distributions:
    - { id: E1A2B3C4D5E6F7, aliases: [www.example.com] }
  hostedZones:
    - { id: Z1PA6795UKMFR9, name: internal.example.com, vpcs: [vpc-0a1b2c3d] }
  identityProviders:
    - { url: https://ci.example.com, clientIds: [sts.amazonaws.com] }
  roles:
    - name: deploy
      trust:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { AWS: '123456789012' }
            Action: sts:AssumeRole`;
