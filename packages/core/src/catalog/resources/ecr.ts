import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/**
 * The hosts of private registries are `ACCOUNT.dkr.ecr.REGION.amazonaws.com`, with `-fips` behind `ecr` and another suffix
 * in other partitions, and `ACCOUNT.dkr-ecr.REGION.on.aws` for dual-stack ones.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 * @see https://docs.aws.amazon.com/general/latest/gr/ecr.html
 */
export const ecrRepository: ResourceForm<'AWS::ECR::Repository'> = {
  types: ['AWS::ECR::Repository'],
  title: 'ECR repository',
  example: 'my-app',
  pattern: '^([a-z0-9]+([._-][a-z0-9]+)*/)*[a-z0-9]+([._-][a-z0-9]+)*$',
  wildcardPattern: '^[a-z0-9._/*?-]+$',
  says: 'lower case letters and digits, with single `.`, `_`, `-` and `/` between them',
  shortest: 2,
  longest: 256,
  refuse: [
    {
      pattern: '^[A-Za-z0-9]+=(?:[0-9]{12}[.][a-z0-9.-]+/)?([^:@=]+)(?:[:@].*)?$',
      say: 'is a pair of a function and its repository: write the name of the repository alone',
      here: '`$1`',
    },
    {
      pattern:
        '^(?:[A-Za-z0-9+-]+://)?([0-9]{12})[.]dkr[.-]ecr(?:-fips)?[.]([a-z0-9-]+)[.][a-z0-9.-]+(?::[0-9]+)?/(?:v2/)?([^:@]+)([:@].*)?$',
      say: 'is the address of an image: write the name of its repository alone, and the place as options',
      here: '`$3`, with `account` $1 and `region` $2',
    },
    {
      pattern: '^(?:[A-Za-z0-9+-]+://)?[0-9]{12}[.]dkr[.-]ecr',
      say: 'is the address of a registry: write the name of a repository alone, and the place as options',
    },
    {
      pattern: '^(?:[A-Za-z0-9+-]+://)?(?:[a-z0-9-]+[.])?(?:public[.]ecr[.]aws|ecr-public[.])|^arn:[^:]*:ecr-public:',
      say: 'belongs to ECR Public, another service with actions of its own: name a private repository',
    },
    {
      pattern: '^[A-Za-z][A-Za-z0-9+.-]*://',
      say: 'is a URL: write the name of a repository alone',
    },
    {
      pattern: '^((?:arn:[^:]*:ecr:[^:]*:[^:]*:)?[^:@]+)(?::[A-Za-z0-9_][A-Za-z0-9_.-]*)?@[A-Za-z0-9]+:[A-Za-z0-9]*$',
      say: 'has a digest, and permissions are for the whole repository: write it without',
      here: '`$1`',
    },
    {
      pattern: '^((?:arn:[^:]*:ecr:[^:]*:[^:]*:repository/)?[^:@]+):[A-Za-z0-9_][A-Za-z0-9_.-]*$',
      say: 'has a tag, and permissions are for the whole repository: write it without',
      here: '`$1`',
    },
  ],
  arn: { service: 'ecr', regional: true, account: true, resource: ['repository/', itself] },
};
