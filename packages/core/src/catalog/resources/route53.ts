import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/**
 * A hosted zone. IAM decides by its id; the domain is no part of its ARN, and neither is the account.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53.html
 */
export const hostedZone: ResourceForm<'AWS::Route53::HostedZone'> = {
  types: ['AWS::Route53::HostedZone'],
  title: 'hosted zone',
  example: 'Z1PA6795UKMFR9',
  pattern: '^[A-Z0-9]+$',
  says: 'the id, in upper case letters and digits',
  shortest: 2,
  longest: 32,
  refuse: [
    {
      pattern: '^/?hostedzone/([A-Z0-9]+)$',
      say: 'is the end of an ARN: write the id alone',
      here: '`$1`',
    },
    {
      pattern: '^[*A-Za-z0-9_-]+(?:[.][A-Za-z0-9_-]+)+[.]?$',
      say: 'is a domain, and IAM decides by the id: write that, which `aws route53 list-hosted-zones-by-name` shows',
    },
  ],
  arn: { service: 'route53', regional: false, account: false, resource: ['hostedzone/', itself] },
};
