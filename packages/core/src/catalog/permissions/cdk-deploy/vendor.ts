import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;

export const vendors: readonly VendorPolicy[] = [
  {
    title: 'role setup of cdk-pipelines-github',
    url: 'https://github.com/cdklabs/cdk-pipelines-github/blob/main/GITHUB_ACTION_ROLE_SETUP.md',
    readOn: '2026-11-26',
    // The bootstrap template puts this tag on its roles; which of the four values makes no difference here.
    context: { 'iam:ResourceTag/aws-cdk:bootstrap-role': 'deploy' },
    options: { imageAssets: true, ...place },
    allows: [
      {
        actions: ['sts:AssumeRole'],
        resources: ['*'],
        conditions: {
          'ForAnyValue:StringEquals': {
            'iam:ResourceTag/aws-cdk:bootstrap-role': ['deploy', 'lookup', 'file-publishing', 'image-publishing'],
          },
        },
      },
      { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
    ],
  },
];
