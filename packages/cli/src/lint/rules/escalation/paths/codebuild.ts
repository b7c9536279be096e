import type { EscalationPath } from '../path.js';

export const codebuildPaths: readonly EscalationPath[] = [
  {
    id: 'PassExistingRoleToNewCodeBuildProjectThenBuild',
    actions: ['iam:PassRole', 'codebuild:CreateProject', 'codebuild:StartBuild'],
    service: 'codebuild.amazonaws.com',
    gives: 'runs a build of its own with a role',
    source: {
      pathfinding: 'codebuild-001',
      prowler: 'PassRole+CodeBuildCreateProject+StartBuild',
      cloudsplaining: 'PassExistingRoleToNewCodeBuildProjectThenBuild',
    },
  },
  {
    id: 'codebuild-002',
    actions: ['codebuild:StartBuild'],
    gives: 'runs a project that has a role with its own buildspec',
    source: { pathfinding: 'codebuild-002', prowler: 'CodeBuildStartBuild' },
  },
  {
    id: 'codebuild-003',
    actions: ['codebuild:StartBuildBatch'],
    gives: 'runs a project that has a role with its own batch buildspec',
    source: { pathfinding: 'codebuild-003', prowler: 'CodeBuildStartBuildBatch' },
  },
  {
    id: 'PassExistingRoleToNewCodeBuildProjectThenBuildBatch',
    actions: ['iam:PassRole', 'codebuild:CreateProject', 'codebuild:StartBuildBatch'],
    service: 'codebuild.amazonaws.com',
    gives: 'runs a batch build of its own with a role',
    source: {
      pathfinding: 'codebuild-004',
      prowler: 'PassRole+CodeBuildCreateProject+StartBuildBatch',
      cloudsplaining: 'PassExistingRoleToNewCodeBuildProjectThenBuildBatch',
    },
  },
  {
    id: 'UpdateCodeBuildProjectThenBuild',
    actions: ['iam:PassRole', 'codebuild:UpdateProject', 'codebuild:StartBuild'],
    service: 'codebuild.amazonaws.com',
    gives: 'gives a project that is there another role and runs it',
    source: { aws: 'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_UpdateProject.html' },
  },
  {
    id: 'CodeBuildSandbox',
    actions: ['codebuild:StartSandbox', 'codebuild:StartSandboxConnection'],
    gives: 'opens a shell in a project that has a role',
    source: { aws: 'https://docs.aws.amazon.com/codebuild/latest/userguide/sandbox.html' },
  },
  {
    id: 'CreatePipeline',
    actions: ['iam:PassRole', 'codepipeline:CreatePipeline'],
    service: 'codepipeline.amazonaws.com',
    gives: 'has a pipeline of its own run with a role',
    source: { aws: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html' },
  },
  {
    id: 'UpdatePipeline',
    actions: ['iam:PassRole', 'codepipeline:UpdatePipeline'],
    service: 'codepipeline.amazonaws.com',
    gives: 'gives a pipeline that is there another role and other steps',
    source: { aws: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html' },
  },
  {
    id: 'CodeDeployCreateDeployment',
    actions: [
      'codedeploy:CreateDeployment',
      'codedeploy:RegisterApplicationRevision',
      'codedeploy:GetDeploymentConfig',
    ],
    gives: 'deploys its own scripts to machines or functions that have roles',
    source: { prowler: 'CodeDeployCreateDeployment' },
  },
  {
    id: 'PassRoleToCodeStar',
    actions: ['iam:PassRole', 'codestar:CreateProject'],
    service: 'codestar.amazonaws.com',
    gives: 'has a project make what its template says with a role',
    source: { prowler: 'PassRole+CodeStar' },
  },
];
