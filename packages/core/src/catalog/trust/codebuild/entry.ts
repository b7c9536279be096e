import { reference, vendor } from '../../../use-case/evidence.js';
import { list, place, type ResourceForm } from '../../../use-case/option.js';
import { arn, itself } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { confusedDeputy, service, sourceAccount, sourceArn } from '../../principals/service.js';

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html */
const project: ResourceForm<'AWS::CodeBuild::Project'> = {
  types: ['AWS::CodeBuild::Project'],
  title: 'CodeBuild project',
  example: 'build-shop',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
  says: 'letters, digits, `-` and `_`',
  shortest: 2,
  longest: 150,
  refuse: [
    {
      pattern: '^arn:[^:]*:codebuild:[^:]*:[^:]*:build/([^:]+):.*$',
      say: 'is the ARN of one build: write the project',
      here: '`$1`',
    },
  ],
  arn: { service: 'codebuild', regional: true, account: true, resource: ['project/', itself] },
};

export const codebuildTrust = defineTrust({
  id: 'codebuild',
  title: 'Builds of CodeBuild',
  summary: 'Lets CodeBuild take the role for builds of these projects.',
  excludes: 'Lets in no other project, service or account.',
  options: {
    projects: list(project, 'The projects whose builds have the role.', { required: true }),
    ...place,
  },
  notes: [
    {
      say: 'a build runs what its source and its buildspec say: let no webhook start builds of pull requests with this role',
    },
  ],
  widenings: ['CodeBuild names the project and neither branch nor event: every build of the project has the role.'],
  statements: [
    {
      sid: 'AssumeFromCodeBuild',
      principal: service('codebuild.amazonaws.com', 'CodeBuild'),
      actions: { 'sts:AssumeRole': 'give a build the credentials of the role' },
      conditions: [sourceAccount('projects'), sourceArn([arn('projects')], 'only for these projects')],
      evidence: [
        reference('sts'),
        confusedDeputy,
        vendor(
          'CodeBuild user guide, service role',
          'https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html',
        ),
      ],
    },
  ],
});
