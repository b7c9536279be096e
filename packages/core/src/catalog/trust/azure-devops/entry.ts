import { reference, source } from '../../../use-case/evidence.js';
import { list, single } from '../../../use-case/option.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { namePart, uuid } from '../../principals/names.js';
import { assumeWithToken, federated, webIdentity } from '../../principals/web-identity.js';

const name = (title: string, example: string, longest: number) =>
  namePart({
    title,
    example,
    says: 'the name as Azure DevOps shows it, in the same letter case',
    pattern: '^[^:/*?"<>|;#$\\\\\\x00-\\x1f]+$',
    longest,
    refuse: [
      { pattern: '^https?://dev\\.azure\\.com/([^/]+)/?$', say: 'is a URL: write the name in it alone', here: '`$1`' },
      { pattern: '^(?:https?|sc)://', say: 'is a URL: write the name alone' },
      { pattern: '/', say: 'holds a slash: write the name alone' },
    ],
  });

export const azureDevopsTrust = defineTrust({
  id: 'azure-devops',
  title: 'Service connections of Azure DevOps',
  summary: 'Lets the pipelines in that use one of these service connections.',
  excludes: 'Lets in no other service connection, project or organization.',
  options: {
    organizationId: single(
      uuid('organization id', 'a6c70ffc-2f73-0d9a-bcd8-b67a647a813a'),
      'The id of the organization, which is part of the issuer.',
      { required: true },
    ),
    organization: single(name('organization', 'acme', 50), 'The name of the organization.', { required: true }),
    project: single(name('project', 'Retail', 64), 'The project that has the service connections.', { required: true }),
    serviceConnections: list(name('service connection', 'aws-prod', 256), 'The service connections.', {
      required: true,
    }),
    ...webIdentity,
  },
  notes: [
    {
      say: 'every pipeline that is granted the service connection gets in, from any branch: put approvals and checks on the connection itself',
    },
  ],
  widenings: [
    'The token names neither pipeline nor branch: whoever may use the service connection gets in.',
    'Project and service connection are told by names, which may be changed and given to others within the organization.',
  ],
  issuer: [template`vstoken.dev.azure.com/${text('organizationId')}`],
  ownClaims: {
    language: 'yaml',
    code: `- script: |
    curl -sS -X POST -H "Authorization: Bearer $SYSTEM_ACCESSTOKEN" -H "Content-Type: application/json" -d '' \\
      "\${SYSTEM_OIDCREQUESTURI}?api-version=7.1&serviceConnectionId=$CONNECTION_ID" |
      jq -r '.oidcToken | split(".")[1] | gsub("-"; "+") | gsub("_"; "/") | . + ("=" * ((4 - length % 4) % 4)) | @base64d | fromjson'
  env:
    SYSTEM_ACCESSTOKEN: $(System.AccessToken)
    CONNECTION_ID: the id of the service connection`,
    say: 'Only the claims are printed; the header and the signature, without which the token is worth nothing, are not.',
  },
  statements: [
    {
      sid: 'AssumeFromAzureDevOps',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        {
          operator: 'StringEquals',
          key: 'ISSUER:aud',
          values: ['api://AzureADTokenExchange'],
          reason: 'the one audience that Azure DevOps gives its tokens',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          values: [template`sc://${text('organization')}/${text('project')}/${text('serviceConnections')}`],
          reason: 'only these service connections: the audience alone lets every one of the organization in',
        },
      ],
      evidence: [reference('sts'), source('aws/aws-toolkit-azure-devops', '6607d56e', 'README.md')],
    },
  ],
});
