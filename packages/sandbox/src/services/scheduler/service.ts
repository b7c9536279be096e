import { ServiceError, type Call, type Check, type Operation, type Rule } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { defineService } from '../define.js';
import model from './model.json' with { type: 'json' };
import type { Schedule } from './state.js';

const reference =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html';
const passing = 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/security_iam_id-based-policy-examples.html';

const idOf = ({ input }: Call) => `${String(input['GroupName'] ?? 'default')}/${String(input['Name'] ?? '')}`;
const scheduleArn = (call: Call) =>
  arnOf(call.world, 'scheduler', call.region, call.principal.account, `schedule/${idOf(call)}`);

/** The role with which the schedule calls its target. */
function passChecks({ input }: Call): Check[] {
  const { RoleArn } = (input['Target'] ?? {}) as { RoleArn?: string };
  if (typeof RoleArn !== 'string') return [];
  return [{ action: 'iam:PassRole', resource: RoleArn, context: { 'iam:PassedToService': 'scheduler.amazonaws.com' } }];
}

const onSchedule = (name: string): Rule => ({
  source: `${reference}; role: ${passing}`,
  checks: (call) => [{ action: `scheduler:${name}`, resource: scheduleArn(call) }, ...passChecks(call)],
});

const rules: Readonly<Record<string, Rule>> = {
  CreateSchedule: onSchedule('CreateSchedule'),
  UpdateSchedule: onSchedule('UpdateSchedule'),
  GetSchedule: onSchedule('GetSchedule'),
  DeleteSchedule: onSchedule('DeleteSchedule'),
  ListSchedules: {
    source: `${reference}: no resource type`,
    checks: () => [{ action: 'scheduler:ListSchedules', resource: '*' }],
  },
};

/** @throws {ServiceError} where it does not exist, and the world takes nothing for existing */
function requireSchedule(call: Call): Schedule {
  const { schedules, assumeExisting } = call.world;
  const found = schedules.get(idOf(call));
  if (found !== undefined) return found;
  if (!assumeExisting)
    throw new ServiceError('ResourceNotFoundException', `Schedule ${String(call.input['Name'])} does not exist.`, 404);
  return { Name: call.input['Name'], ScheduleExpression: 'rate(1 day)', State: 'ENABLED' };
}

function store(call: Call): { ScheduleArn: string } {
  const [GroupName, Name] = idOf(call).split('/');
  call.world.schedules.set(idOf(call), { State: 'ENABLED', ...call.input, GroupName, Name });
  return { ScheduleArn: scheduleArn(call) };
}

const operations: Readonly<Record<string, Operation>> = {
  CreateSchedule: (call) => {
    if (call.world.schedules.has(idOf(call)))
      throw new ServiceError('ConflictException', `Schedule ${String(call.input['Name'])} already exists.`, 409);
    return store(call);
  },
  UpdateSchedule: (call) => {
    requireSchedule(call);
    return store(call);
  },
  GetSchedule: (call) => ({ ...requireSchedule(call), Arn: scheduleArn(call) }),
  DeleteSchedule: (call) => {
    requireSchedule(call);
    call.world.schedules.delete(idOf(call));
    return {};
  },
  ListSchedules: (call) => ({
    Schedules: [...call.world.schedules].map(([id, { State }]) => {
      const [GroupName, Name] = id.split('/');
      return { GroupName, Name, State };
    }),
  }),
};

export const scheduler = defineService({
  name: 'scheduler',
  model,
  rules,
  operations,
  // A key of KMS and a queue are asked for elsewhere.
  notServed: /^(?:CreateSchedule|UpdateSchedule)\.(?:KmsKeyArn|Target\.DeadLetterConfig.*)$/,
});
