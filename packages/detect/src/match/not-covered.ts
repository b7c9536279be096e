import type { CiEvent, Site, CiStep } from '../event.js';
import { harmless } from '../commands/aws.js';
import { onlyLiteral, pattern, settled, type Value } from '../values/value.js';
import { chainsRole } from '../roles/credentials.js';
import { hasName, type NamedEvent } from './names.js';

/** Something that uses AWS and that no entry covers. */
export interface NotCovered extends Site {
  /** The command or step, as it is called. */
  readonly what: string;
}

/** Commands of the CDK that use AWS. */
const cdk = [
  'bootstrap',
  'deploy',
  'destroy',
  'diff',
  'drift',
  'gc',
  'import',
  'migrate',
  'refactor',
  'rollback',
  'watch',
];

/** Programs that use AWS whatever they are asked, and their subcommands that do where only some do. */
const programs: Readonly<Record<string, readonly string[] | undefined>> = {
  amplify: ['push', 'publish', 'pull', 'init'],
  ampx: ['pipeline-deploy', 'sandbox'],
  apex: undefined,
  arc: ['deploy'],
  'aws-nuke': undefined,
  chalice: ['deploy', 'delete', 'package'],
  chamber: undefined,
  'aws-cdk': cdk,
  cdk,
  'cdk-assets': undefined,
  copilot: undefined,
  'db-migrate-rds': undefined,
  eb: undefined,
  ecs: ['deploy', 'update', 'run', 'scale', 'cron'],
  'ecs-cli': undefined,
  'ecs-deploy': undefined,
  ecschedule: undefined,
  ecspresso: undefined,
  eksctl: undefined,
  lambroll: undefined,
  pulumi: ['up', 'update', 'preview', 'destroy', 'refresh'],
  rain: undefined,
  s3cmd: undefined,
  s5cmd: undefined,
  's3-deploy': undefined,
  sam: ['deploy', 'package', 'publish', 'sync', 'delete'],
  sceptre: undefined,
  serverless: ['deploy', 'remove', 'package', 'rollback', 'invoke'],
  sls: ['deploy', 'remove', 'package', 'rollback', 'invoke'],
  sst: ['deploy', 'remove'],
  up: undefined,
  zappa: undefined,
};

/** Words in the name of a ready-made step that say it uses AWS. */
const awsWords =
  /(^|[^a-z0-9])(aws|s3|ecr|ecs|eks|ec2|ssm|lambda|sam|cloudfront|cloudformation|codedeploy|codebuild|codepipeline|codeartifact|elastic-?beanstalk|beanstalk|fargate|app-?runner|amplify|secrets-?manager|route53|cdk|serverless|pulumi)($|[^a-z0-9])/i;

/** Owners of actions that are named after AWS, whatever their actions do. */
const awsOwners = ['aws-actions/', 'aws/', 'aws-amplify/'];

/** What of the name of a step may say that it uses AWS: who wrote an action does not. */
function tellingOf(name: string, words: string): string {
  return name.startsWith('uses ') && !awsOwners.some((owner) => words.startsWith(owner))
    ? words.slice(words.indexOf('/') + 1)
    : words;
}

/** Steps that use AWS though their name does not say so, or only install and sign in. */
const installs =
  /(setup|assume-role|render-task-definition|issue|discussion|labeler|triage|esc-|lint|scan|sam-serverless\/(build|validate)|checkov|install|configure|cli$|cli\/(setup|install)|credentials|login$|cache)/i;

/** Tasks of the AWS Toolkit for Azure DevOps and steps of Jenkins' AWS plugins, whose names are one word. */
const ofAws = new Set([
  'BeanstalkCreateApplicationVersion',
  'BeanstalkDeployApplication',
  'CloudFormationDeleteStack',
  'CodeDeployDeployApplication',
  'LambdaInvokeFunction',
  'LambdaNETCoreDeploy',
  'SecretsManagerCreateOrUpdateSecret',
  'SystemsManagerRunCommand',
  'SystemsManagerSetParameter',
  'awsCodeBuild',
  'cfnUpdateStackSet',
  'createDeployment',
  'deployAPI',
  'ebCreateApplicationVersion',
  'ebCreateEnvironment',
  'ebSwapEnvironmentCNAMEs',
  'ecrDeleteImage',
  'invokeLambda',
  'lambdaVersionCleanup',
  's3Copy',
  's3Delete',
  'snsPublish',
]);

/** What of the events that no entry claims uses AWS. @param otherCloud the job works with another cloud */
export function notCovered(left: readonly NamedEvent[], otherCloud: boolean): NotCovered[] {
  const found: NotCovered[] = [];
  for (const named of left) {
    const what = nameOf(named, otherCloud);
    if (what !== undefined) found.push({ what, ...named.event.at });
  }
  return found;
}

/** Roles that the job takes on by another one. */
export function chainedRoles(events: readonly CiEvent[]): NotCovered[] {
  return events.flatMap((event) => {
    const role = chainsRole(event);
    if (role === undefined) return [];
    const name = settled(role)
      .map(pattern)
      .filter((text) => text !== '')
      .join(', ');
    const line = (event.kind === 'step' ? event.lines?.get('role-to-assume') : undefined) ?? event.at.line;
    return [{ what: `sts:AssumeRole${name === '' || name === '*' ? '' : ` of ${name}`}`, file: event.at.file, line }];
  });
}

function nameOf(named: NamedEvent, otherCloud: boolean): string | undefined {
  const { event } = named;
  if (event.kind === 'step')
    return pushesPublic(event)
      ? `${event.name.slice(event.name.indexOf(' ') + 1)} to public.ecr.aws`
      : nameOfStep(event);
  const call = named.parsed([]);
  if (call === undefined) return undefined;
  const [first, second] = call.words.map((word) => onlyLiteral(settled(word)));
  if (call.program === 'aws') {
    if (first === undefined || harmless.some((name) => hasName(named, `$ aws ${name}`))) return undefined;
    if (first === 'sts' && second?.startsWith('assume-role') === true) return undefined;
    return `aws ${first}${second === undefined ? '' : ` ${second}`}`;
  }
  if (call.program === 'packer') return first === 'build' && !otherCloud ? 'packer build' : undefined;
  if (!Object.hasOwn(programs, call.program)) return undefined;
  const verbs = programs[call.program];
  if (verbs === undefined ? first === undefined : !verbs.includes(first ?? '')) return undefined;
  return `${call.program} ${first}`;
}

/** ECR Public is a service of its own: nothing covers a login or a push there. */
function pushesPublic({ name, inputs }: CiStep): boolean {
  if (name.startsWith('orb circleci/aws-ecr/'))
    return onlyLiteral(inputs.get('public-registry') ?? inputs.get('public_registry') ?? []) === 'true';
  if (name === 'uses docker/login-action') return holds(inputs.get('registry'), 'public.ecr.aws');
  if (name === 'uses aws-actions/amazon-ecr-login') return holds(inputs.get('registry-type'), 'public');
  return false;
}

function holds(value: Value | undefined, wanted: string): boolean {
  return (value ?? []).some((text) => text.some((part) => typeof part === 'string' && part.includes(wanted)));
}

/** Inputs that give a step credentials of AWS, whatever its name says. */
const credentials =
  /^(aws[-_]?(access[-_]?key([-_]?id)?|secret[-_]?(access[-_]?)?key|role([-_]?(arn|to[-_]?assume))?|credentials)|role[-_]?(arn|to[-_]?assume))$/i;

/** Names of what a workflow of another repository is given that say it works with AWS. */
const givenToWorkflows = /(^|[_-])(aws|ecr|ecs|eks|s3|cloudfront|lambda|beanstalk)([_-]|$)/i;

function nameOfStep({ name, inputs }: CiStep): string | undefined {
  const words = name.slice(name.indexOf(' ') + 1);
  if (words.includes('/.github/workflows/')) {
    const file = words.slice(words.lastIndexOf('/') + 1);
    const isAws = awsWords.test(file) || [...inputs.keys()].some((input) => givenToWorkflows.test(input));
    return isAws ? words : undefined;
  }
  if (words === 'aws-actions/amazon-ecr-login') return words;
  if (name.startsWith('container') || name.startsWith('workflow ')) return undefined;
  // An image is no step of AWS because of the registry that it comes from.
  if (words.startsWith('docker://') || words.startsWith('public.ecr.aws/')) return undefined;
  if (
    !ofAws.has(words) &&
    !/^(AWSCode|AWSEB)\w+Publisher$/.test(words) &&
    ((!awsWords.test(tellingOf(name, words)) && ![...inputs.keys()].some((input) => credentials.test(input))) ||
      installs.test(words))
  )
    return undefined;
  return words;
}
