import {
  ServiceError,
  type Call,
  type Check,
  type Operation,
  type OperationOutput,
  type Rule,
} from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { defineService } from '../define.js';
import { tagContext } from '../request-tags.js';
import model from './model.json' with { type: 'json' };
import type { EventRule } from './state.js';

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html';
const passing = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html';
const keys = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html';

type Target = Readonly<Record<string, unknown>>;

const nameOf = ({ input }: Call) => String(input['Name'] ?? input['Rule'] ?? '');
const ruleArn = (call: Call) =>
  arnOf(call.world, 'events', call.region, call.principal.account, `rule/${nameOf(call)}`);
const targetsOf = ({ input }: Call) => (Array.isArray(input['Targets']) ? input['Targets'] : []) as readonly Target[];

/** Roles with which EventBridge calls the targets, or the bus of the rule. */
function passChecks(roles: readonly unknown[]): Check[] {
  const given = [...new Set(roles.filter((role) => typeof role === 'string'))];
  return given.map((resource) => ({
    action: 'iam:PassRole',
    resource,
    context: { 'iam:PassedToService': 'events.amazonaws.com' },
  }));
}

const onRule = (name: string): Rule => ({
  source: reference,
  checks: (call) => [
    {
      action: `events:${name}`,
      resource: ruleArn(call),
      context: { 'events:creatorAccount': call.principal.account },
    },
  ],
});

const rules: Readonly<Record<string, Rule>> = {
  PutRule: {
    source: `${reference}; role: ${passing}`,
    checks: (call) => {
      const context = { ...tagContext(call.input['Tags']), 'events:creatorAccount': call.principal.account };
      const resource = ruleArn(call);
      return [
        { action: 'events:PutRule', resource, context },
        ...passChecks([call.input['RoleArn']]),
        ...('aws:TagKeys' in context ? [{ action: 'events:TagResource', resource, context }] : []),
      ];
    },
  },
  PutTargets: {
    source: `${reference}; keys: ${keys}; roles: ${passing}`,
    checks: (call) => {
      const arns = targetsOf(call).flatMap(({ Arn }) => (typeof Arn === 'string' ? [Arn] : []));
      const context = { 'events:creatorAccount': call.principal.account, 'events:TargetArn': arns };
      return [
        { action: 'events:PutTargets', resource: ruleArn(call), context },
        ...passChecks(targetsOf(call).map(({ RoleArn }) => RoleArn)),
      ];
    },
  },
  DescribeRule: onRule('DescribeRule'),
  DeleteRule: onRule('DeleteRule'),
  EnableRule: onRule('EnableRule'),
  DisableRule: onRule('DisableRule'),
  ListTargetsByRule: onRule('ListTargetsByRule'),
  RemoveTargets: onRule('RemoveTargets'),
  ListRules: {
    source: `${reference}: no resource type`,
    checks: () => [{ action: 'events:ListRules', resource: '*' }],
  },
  TagResource: {
    source: reference,
    checks: ({ input }) => [
      {
        action: 'events:TagResource',
        resource: String(input['ResourceARN'] ?? ''),
        context: tagContext(input['Tags']),
      },
    ],
  },
};

/** @throws {ServiceError} where it does not exist, and the world takes nothing for existing */
function requireRule(call: Call): EventRule {
  const { eventRules, assumeExisting } = call.world;
  const name = nameOf(call);
  const found = eventRules.get(name);
  if (found !== undefined) return found;
  if (!assumeExisting || name === '')
    throw new ServiceError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
  const made: EventRule = { name, schedule: 'rate(1 day)', isEnabled: true, targets: new Map() };
  eventRules.set(name, made);
  return made;
}

const describe = (call: Call, { name, schedule, isEnabled }: EventRule): OperationOutput => ({
  Name: name,
  Arn: arnOf(call.world, 'events', call.region, call.principal.account, `rule/${name}`),
  ...(schedule === undefined ? {} : { ScheduleExpression: schedule }),
  State: isEnabled ? 'ENABLED' : 'DISABLED',
  EventBusName: 'default',
});

const set = (isEnabled: boolean): Operation => {
  return (call) => {
    requireRule(call).isEnabled = isEnabled;
    return {};
  };
};

const operations: Readonly<Record<string, Operation>> = {
  PutRule: (call) => {
    const { eventRules } = call.world;
    const name = nameOf(call);
    const { ScheduleExpression, State } = call.input;
    if (typeof ScheduleExpression !== 'string')
      throw new ServiceError(
        'ValidationException',
        'Parameter(s) EventPattern or ScheduleExpression must be specified.',
      );
    const targets = eventRules.get(name)?.targets ?? new Map<string, Target>();
    eventRules.set(name, { name, schedule: ScheduleExpression, isEnabled: State !== 'DISABLED', targets });
    return { RuleArn: ruleArn(call) };
  },
  PutTargets: (call) => {
    const rule = requireRule(call);
    for (const target of targetsOf(call)) rule.targets.set(String(target['Id'] ?? ''), target);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
  DescribeRule: (call) => describe(call, requireRule(call)),
  ListRules: (call) => ({ Rules: [...call.world.eventRules.values()].map((one) => describe(call, one)) }),
  ListTargetsByRule: (call) => ({ Targets: [...requireRule(call).targets.values()] }),
  RemoveTargets: (call) => {
    const { targets } = requireRule(call);
    for (const id of Array.isArray(call.input['Ids']) ? call.input['Ids'] : []) targets.delete(String(id));
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
  DeleteRule: (call) => {
    const rule = call.world.eventRules.get(nameOf(call));
    if (rule !== undefined && rule.targets.size > 0)
      throw new ServiceError('ValidationException', "Rule can't be deleted since it has targets.");
    call.world.eventRules.delete(nameOf(call));
    return {};
  },
  EnableRule: set(true),
  DisableRule: set(false),
  TagResource: () => ({}),
};

/** Rules of EventBridge on a schedule, on the default bus: no other bus has schedules. */
export const events = defineService({
  name: 'events',
  model,
  rules,
  operations,
  // Patterns fill condition keys that no rule asks for, and rules of another bus have another ARN.
  notServed:
    /^(?:PutRule\.EventPattern|[A-Za-z]+\.EventBusName|PutTargets\.Targets\.\d+\.(?:DeadLetterConfig|KmsKey).*)$/,
});
