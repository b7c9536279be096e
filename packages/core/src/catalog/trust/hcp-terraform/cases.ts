import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { hcpTerraformTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const network = { organization: 'acme', project: 'Default Project', workspaces: ['network'], ...place } as const;
const apply = 'organization:acme:project:Default Project:workspace:network:run_phase:apply';

/** Every claim that HCP Terraform documents. */
const run = {
  iss: 'https://app.terraform.io',
  aud: 'aws.workload.identity',
  sub: apply,
  jti: 'b1c2d3e4',
  terraform_organization_id: 'org-GRNbCjYNpBB6NEH9',
  terraform_organization_name: 'acme',
  terraform_project_id: 'prj-vegSA59s1XPwMr2t',
  terraform_project_name: 'Default Project',
  terraform_workspace_id: 'ws-mbsd5E3Ktt5Rg2Xm',
  terraform_workspace_name: 'network',
  terraform_full_workspace: apply.replace(':run_phase:apply', ''),
  terraform_run_id: 'run-X3n1AUXNGWbfECsJ',
  terraform_run_phase: 'apply',
  iat: 1_793_000_000,
  nbf: 1_793_000_000,
  exp: 1_793_003_600,
};

export const samples = defineTokens(hcpTerraformTrust, [
  {
    name: 'default',
    options: { ...network, runPhase: 'apply' },
    token: run,
    honest: [{ why: 'an apply of the workspace' }],
    hostile: [
      { change: { sub: apply.replace('run_phase:apply', 'run_phase:plan') }, why: 'a plan of the workspace' },
      { change: { sub: apply.replace('network', 'lab') }, why: 'another workspace' },
      { change: { sub: apply.replace('network', 'network-2') }, why: 'a workspace whose name begins alike' },
      { change: { sub: apply.replace('Default Project', 'lab') }, why: 'another project' },
      { change: { sub: apply.replace('acme', 'acme-hq') }, why: 'the organization renamed, until the policy says so' },
      { change: { sub: apply.replace('acme', 'acmex') }, why: 'an organization whose name begins alike' },
      { change: { sub: apply.replace('acme', 'mallory') }, why: 'a stranger' },
      { change: { sub: apply.replace('acme', 'ACME') }, why: 'the organization in other letter case' },
      { change: { sub: apply.replace('project:Default Project:', '') }, why: 'the form without project' },
      {
        change: { sub: apply.replace('workspace:network', 'workspace:network:workspace:network') },
        why: 'a project whose name holds a part',
      },
      {
        change: { sub: 'organization:acme:project:Default Project:stack:network:deployment:prod:operation:apply' },
        why: 'a deployment of a stack',
      },
      {
        change: { sub: 'organization:acme:module:private/acme/net/aws:operation:test_run' },
        why: 'a test of a module in the registry',
      },
      { change: { sub: null }, why: 'no subject' },
      { change: { aud: 'vault.workload.identity' }, why: 'another audience' },
      { change: { aud: null }, why: 'no audience' },
      { change: { iss: 'https://tfe.example.com' }, why: 'a Terraform Enterprise with the same names' },
      ...carriesMore,
    ],
    alike: [
      { change: { terraform_organization_id: 'org-mallory' }, why: 'the name of the organization registered again' },
    ],
  },
  {
    name: 'plan',
    options: { ...network, runPhase: 'plan' },
    token: { ...run, sub: apply.replace('run_phase:apply', 'run_phase:plan') },
    honest: [{ why: 'a plan of the workspace' }],
    hostile: [{ change: { sub: apply }, why: 'an apply' }],
  },
  {
    name: 'stack',
    options: {
      organization: 'acme',
      project: 'platform',
      stack: 'network',
      deployments: ['production'],
      runPhase: 'apply',
      ...place,
    },
    token: { ...run, sub: 'organization:acme:project:platform:stack:network:deployment:production:operation:apply' },
    honest: [{ why: 'an apply of the deployment' }],
    hostile: [
      {
        change: { sub: 'organization:acme:project:platform:stack:network:deployment:staging:operation:apply' },
        why: 'another deployment',
      },
      { change: { sub: apply }, why: 'a workspace' },
    ],
  },
  {
    name: 'own-host',
    options: { ...network, runPhase: 'apply', host: 'tfe.example.com' },
    token: { ...run, iss: 'https://tfe.example.com' },
    honest: [{ why: 'an apply' }],
    hostile: [{ change: { iss: 'https://app.terraform.io' }, why: 'HCP Terraform with the same names' }],
  },
  {
    name: 'given-provider',
    options: {
      organization: 'acme',
      project: 'Default Project',
      workspaces: ['network', 'data'],
      runPhase: 'apply',
      sessionTags: true,
      sourceIdentity: true,
      provider: 'arn:aws:iam::123456789012:oidc-provider/app.terraform.io',
    },
    token: run,
    honest: [
      { why: 'an apply' },
      { change: { sub: apply.replace('network', 'data') }, why: 'of the other workspace' },
      ...carriesBoth,
    ],
    hostile: [{ change: { aud: null }, why: 'no audience' }],
  },
]);

const one = { ...network, runPhase: 'apply' };

export const refused = defineRefused(hcpTerraformTrust, [
  {
    name: 'an audience with a scheme',
    options: { ...one, audience: 'https://aws.workload.identity' },
    says: /^audience: `https:\/\/aws\.workload\.identity` has a scheme, .*here `aws\.workload\.identity`$/,
  },
  {
    name: 'a wildcard in the organization',
    options: { ...one, organization: 'acme*' },
    says: /^organization: .*wildcard/,
  },
  {
    name: 'an organization with its workspace',
    options: { ...one, organization: 'acme/network' },
    says: /^organization: .*holds a slash/,
  },
  { name: 'every workspace', options: { ...one, workspaces: ['*'] }, says: /^workspaces\[0\]: .*wildcard/ },
  { name: 'every project', options: { ...one, project: '*' }, says: /^project: .*wildcard/ },
  { name: 'a project with a colon', options: { ...one, project: 'a:workspace:b' }, says: /^project: .*holds a colon/ },
  { name: 'both phases', options: { ...one, runPhase: '*' }, says: /^runPhase: .*wildcard/ },
  {
    name: 'a phase that is none',
    options: { ...one, runPhase: 'destroy' },
    says: /^runPhase: `destroy` is no run phase: use plan or apply/,
  },
  { name: 'no phase', options: network, says: /^runPhase: missing: for example/ },
  {
    name: 'no workspace',
    options: { organization: 'acme', project: 'x', runPhase: 'plan', ...place },
    says: /^workspaces: missing, and no `stack` is given/,
  },
  {
    name: 'a stack without deployments',
    options: { organization: 'acme', project: 'x', stack: 's', runPhase: 'plan', ...place },
    says: /^deployments: missing: a stack is told by them/,
  },
  {
    name: 'a URL for the host',
    options: { ...one, host: 'https://tfe.example.com' },
    says: /^host: .*here `tfe.example.com`$/,
  },
  {
    name: 'HCP Terraform for a host',
    options: { ...one, host: 'app.terraform.io' },
    says: /^host: .*no host of your own/,
  },
  {
    name: 'a provider of another issuer',
    options: { ...one, provider: 'arn:aws:iam::123456789012:oidc-provider/tfe.example.com' },
    says: /^provider: .*is the provider of/,
  },
]);
