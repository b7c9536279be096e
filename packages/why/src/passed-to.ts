/**
 * The services that a role may be passed to by an operation.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const byOperation: Readonly<Record<string, readonly string[]>> = {
  RegisterTaskDefinition: ['ecs-tasks'],
  RunTask: ['ecs-tasks', 'ecs'],
  StartTask: ['ecs-tasks', 'ecs'],
  CreateService: ['ecs'],
  UpdateService: ['ecs'],
  PutTargets: ['events'],
  PutRule: ['events'],
  CreateSchedule: ['scheduler'],
  UpdateSchedule: ['scheduler'],
  CreateFunction: ['lambda'],
  UpdateFunctionConfiguration: ['lambda'],
  RunInstances: ['ec2'],
  AssociateIamInstanceProfile: ['ec2'],
  CreateDeploymentGroup: ['codedeploy'],
  UpdateDeploymentGroup: ['codedeploy'],
  CreateStateMachine: ['states'],
  UpdateStateMachine: ['states'],
  CreateStack: ['cloudformation'],
  UpdateStack: ['cloudformation'],
  CreateChangeSet: ['cloudformation'],
  CreatePipeline: ['codepipeline'],
  CreateProject: ['codebuild'],
  CreateCluster: ['eks'],
  CreateNodegroup: ['eks'],
};

/**
 * The names that AWS's own guides and consoles give the roles around ECS, and whom those are for.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-ecs-iam-role-overview.html
 */
const byName: readonly (readonly [RegExp, readonly string[]])[] = [
  [/infrastructure|ebs|volume/i, ['ecs']],
  [/events?(?:role|bridge)|eventbridge|cloudwatch-?events/i, ['events']],
  [/scheduler/i, ['scheduler']],
  [/code-?deploy/i, ['codedeploy']],
  [/(?:ecs|ec2)-?instance-?role/i, ['ec2']],
  [/lambda/i, ['lambda']],
  [/task-?execution|execution-?task|task-?role/i, ['ecs-tasks']],
];

/** Whom a role was to be passed to; undefined where neither the operation nor its name tells. */
export function passedTo(resource: string | undefined, operation: string | undefined): readonly string[] | undefined {
  const called = operation === undefined || !Object.hasOwn(byOperation, operation) ? undefined : byOperation[operation];
  const name = resource?.slice(resource.lastIndexOf('/') + 1) ?? '';
  const meant = byName.find(([pattern]) => pattern.test(name))?.[1];
  if (called === undefined) return meant;
  // The request says more than a name; the name only tells apart what both would allow.
  const both = called.filter((service) => meant?.includes(service) === true);
  return both.length > 0 ? both : called;
}
