import { reference } from '../../../use-case/evidence.js';
import { list, place, toggle, type ResourceForm } from '../../../use-case/option.js';
import { given, is, not, when } from '../../../use-case/predicate.js';
import { account, arn, itself, partition, region, template } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { confusedDeputy, service, sourceAccount, sourceArn } from '../../principals/service.js';

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
const instance: ResourceForm<'AWS::EC2::Instance'> = {
  types: ['AWS::EC2::Instance'],
  title: 'EC2 instance',
  example: 'i-0a1b2c3d4e5f67890',
  pattern: '^i-([0-9a-f]{8}|[0-9a-f]{17})$',
  says: '`i-` and 8 or 17 hexadecimal digits',
  shortest: 10,
  longest: 19,
  arn: { service: 'ec2', regional: true, account: true, resource: ['instance/', itself] },
};

const narrowed = is('sourceConditions', true);

export const ec2Trust = defineTrust({
  id: 'ec2',
  title: 'EC2 instances',
  summary: 'Lets EC2 take the role for instances of the account, such as those that run jobs of a CI system.',
  excludes: 'Lets in no other service, and no instance of another account or region.',
  options: {
    instances: list(instance, 'Instances that may have the role; all of the account and region otherwise.'),
    sourceConditions: toggle('Test for which account and instance EC2 asks. Off where instances get no credentials.', {
      default: true,
    }),
    ...place,
  },
  notes: [
    {
      if: narrowed,
      say: 'AWS asks in general to test `aws:SourceAccount` and `aws:SourceArn`; that EC2 sends both has not been tried here: start one instance before you rely on it, and leave `sourceConditions` out where it gets no credentials',
    },
    {
      say: 'the role belongs to every job on the instance: let it do nothing but assume a role for each job',
    },
  ],
  widenings: [
    'Every program on an instance has the role, whatever job it belongs to: AWS cannot tell them apart.',
    'Who may start instances and pass the role can use it: `iam:PassRole` decides, not this policy.',
  ],
  statements: [
    {
      sid: 'AssumeFromEc2',
      principal: service('ec2.amazonaws.com', 'EC2'),
      actions: { 'sts:AssumeRole': 'give an instance the credentials of the role' },
      conditions: [
        { ...sourceAccount('instances'), when: narrowed },
        {
          ...sourceArn(
            [
              when(given('instances'), arn('instances')),
              when(not(given('instances')), template`arn:${partition}:ec2:${region}:${account}:instance/*`),
            ],
            'only for these instances, or for instances and nothing else that EC2 has',
          ),
          when: narrowed,
        },
      ],
      evidence: [reference('sts'), confusedDeputy],
    },
  ],
});
