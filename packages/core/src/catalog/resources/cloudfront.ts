import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/**
 * A distribution. IAM decides by its id; host names, CloudFront's own and aliases, are no part of its ARN.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudfront.html
 */
export const cloudFrontDistribution: ResourceForm<'AWS::CloudFront::Distribution'> = {
  types: ['AWS::CloudFront::Distribution'],
  title: 'CloudFront distribution',
  example: 'E1A2B3C4D5E6F7',
  pattern: '^[A-Z0-9]+$',
  says: 'the id, in upper case letters and digits',
  shortest: 2,
  longest: 32,
  refuse: [
    {
      pattern: '^distribution/([A-Z0-9]+)$',
      say: 'is the end of an ARN: write the id alone',
      here: '`$1`',
    },
    {
      pattern: '^((?:arn:[^:]*:cloudfront:[^:]*:[^:]*:distribution/)?[A-Z0-9]+)/.*$',
      say: 'has something behind the id, and permissions are for the whole distribution: write the id alone',
      here: '`$1`',
    },
    {
      pattern: '^arn:[^:]*:cloudfront:[^:]*:[^:]*:distribution-tenant/|^dt_',
      say: 'is a tenant of a distribution, which has actions of its own that are not given here: write the id of a distribution',
    },
    {
      pattern: '^arn:[^:]*:cloudfront:[^:]*:[^:]*:streaming-distribution/',
      say: 'is a streaming distribution, which CloudFront has no more: write the id of a distribution',
    },
    {
      pattern: '^[A-Za-z][A-Za-z0-9+.-]*://',
      say: 'is a URL, and IAM decides by the id: write that, which `aws cloudfront list-distributions` shows beside the host names',
    },
    {
      pattern: '^[*A-Za-z0-9_-]+(?:[.][A-Za-z0-9_-]+)+[.]?(?:/.*)?$',
      say: 'is a host name, and IAM decides by the id: write that, which `aws cloudfront list-distributions` shows beside the aliases',
    },
  ],
  arn: { service: 'cloudfront', regional: false, account: true, resource: ['distribution/', itself] },
};
