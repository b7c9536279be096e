import { reference, vendor } from '../../../use-case/evidence.js';
import { list, place, type ResourceForm } from '../../../use-case/option.js';
import { arn, itself } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { confusedDeputy, service, sourceAccount, sourceArn } from '../../principals/service.js';

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html */
const pipeline: ResourceForm<'AWS::CodePipeline::Pipeline'> = {
  types: ['AWS::CodePipeline::Pipeline'],
  title: 'CodePipeline pipeline',
  example: 'release-shop',
  pattern: '^[A-Za-z0-9.@_-]+$',
  says: 'letters, digits and `.@_-`',
  shortest: 1,
  longest: 100,
  refuse: [{ pattern: '^([^/:]+)/.+$', say: 'names a stage or an action too: write the pipeline alone', here: '`$1`' }],
  arn: { service: 'codepipeline', regional: true, account: true, resource: [itself] },
};

export const codepipelineTrust = defineTrust({
  id: 'codepipeline',
  title: 'Pipelines of CodePipeline',
  summary: 'Lets CodePipeline take the role for these pipelines.',
  excludes: 'Lets in no other pipeline, service or account.',
  options: {
    pipelines: list(pipeline, 'The pipelines that have the role.', { required: true }),
    ...place,
  },
  notes: [{ say: 'give each action of the pipeline a role of its own, and this one no more than to assume them' }],
  widenings: [
    'CodePipeline names the pipeline and no stage: every action of it that has no role of its own has this one.',
  ],
  statements: [
    {
      sid: 'AssumeFromCodePipeline',
      principal: service('codepipeline.amazonaws.com', 'CodePipeline'),
      actions: { 'sts:AssumeRole': 'give a pipeline the credentials of the role' },
      conditions: [sourceAccount('pipelines'), sourceArn([arn('pipelines')], 'only for these pipelines')],
      evidence: [
        reference('sts'),
        confusedDeputy,
        vendor(
          'CodePipeline user guide, cross-service confused deputy prevention',
          'https://docs.aws.amazon.com/codepipeline/latest/userguide/cross-service-confused-deputy-prevention.html',
        ),
      ],
    },
  ],
});
