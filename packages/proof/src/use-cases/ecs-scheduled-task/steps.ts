import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import {
  definitionArn,
  expectRegistered,
  expectRetired,
  expectSchedule,
  expectTarget,
  familyOf,
  namedAs,
  newArn,
  registers,
  ruleTarget,
  scheduleOf,
  taskDefinition,
} from './schedule.js';

type Run = (stage: Stage) => Promise<void>;
const step = (name: string, run: Run): Step => ({ name, tool: 'aws', run });
const aws = (stage: Stage, ...args: string[]) => stage.succeed('aws', args);

/** The AWS CLI: a revision is registered, and then given to what starts it. */
export function commandLineSteps(options: CellOptions): Step[] {
  return [
    ...(options.is('readTaskDefinition', true)
      ? [
          step('describe-task-definition', async (stage) => {
            await aws(stage, 'ecs', 'describe-task-definition', '--task-definition', familyOf(options));
          }),
        ]
      : []),
    ...(registers(options)
      ? [
          step('register-task-definition', async (stage) => {
            const file = stage.write('task-definition.json', JSON.stringify(taskDefinition(options)));
            await aws(stage, 'ecs', 'register-task-definition', '--cli-input-json', `file://${file}`);
            expectRegistered(stage, options);
          }),
        ]
      : []),
    ...options.names('rules').flatMap((rule) => ruleSteps(options, rule)),
    ...options.names('schedules').flatMap((id) => scheduleSteps(options, id)),
    ...(registers(options) && options.is('deregisterOld', true)
      ? [
          step('deregister-task-definition', async (stage) => {
            const old = definitionArn(options, 1);
            await aws(stage, 'ecs', 'deregister-task-definition', '--task-definition', old);
            expectRetired(stage, options);
          }),
        ]
      : []),
    ...removal(options),
  ];
}

function ruleSteps(options: CellOptions, rule: string): Step[] {
  const events = (stage: Stage, command: string, ...args: string[]) => aws(stage, 'events', command, ...args);
  const tags = options.is('tagRules', true) ? ['--tags', 'Key=team,Value=web'] : [];
  return [
    ...(options.is('create', true)
      ? [
          step('put-rule', async (stage) => {
            await events(stage, 'put-rule', '--name', rule, '--schedule-expression', 'rate(1 day)', ...tags);
          }),
        ]
      : []),
    ...(options.is('pause', true)
      ? [
          step('disable-rule', async (stage) => {
            await events(stage, 'disable-rule', '--name', rule);
            if (stage.sandbox.world.eventRules.get(rule)?.isEnabled) throw new StepFailure('the rule is still on');
          }),
        ]
      : []),
    ...(options.is('readTargets', true)
      ? [
          step('list-targets-by-rule', async (stage) => {
            await events(stage, 'list-targets-by-rule', '--rule', rule);
          }),
        ]
      : []),
    step('put-targets', async (stage) => {
      const targets = JSON.stringify([ruleTarget(options, newArn(options))]);
      await events(stage, 'put-targets', '--rule', rule, '--targets', targets);
      expectTarget(stage, options, rule);
    }),
    ...(options.is('pause', true)
      ? [
          step('enable-rule', async (stage) => {
            await events(stage, 'enable-rule', '--name', rule);
            if (!stage.sandbox.world.eventRules.get(rule)?.isEnabled) throw new StepFailure('the rule is still off');
          }),
        ]
      : []),
  ];
}

function scheduleSteps(options: CellOptions, id: string): Step[] {
  const { GroupName, Name } = namedAs(id);
  const named = ['--group-name', GroupName, '--name', Name];
  const whole = (definition: string) => JSON.stringify({ ...scheduleOf(options, definition), GroupName, Name });
  return [
    ...(options.is('create', true)
      ? [
          step('create-schedule', async (stage) => {
            await aws(stage, 'scheduler', 'create-schedule', '--cli-input-json', whole(definitionArn(options, 1)));
          }),
        ]
      : []),
    ...(options.is('readTargets', true)
      ? [
          step('get-schedule', async (stage) => {
            await aws(stage, 'scheduler', 'get-schedule', ...named);
          }),
        ]
      : []),
    step('update-schedule', async (stage) => {
      await aws(stage, 'scheduler', 'update-schedule', '--cli-input-json', whole(newArn(options)));
      expectSchedule(stage, options, id);
    }),
  ];
}

/** What was made for the branch of a pull request goes with it. */
function removal(options: CellOptions): Step[] {
  if (!options.is('remove', true)) return [];
  return [
    ...options.names('rules').flatMap((rule) => [
      step('remove-targets', async (stage) => {
        await aws(stage, 'events', 'remove-targets', '--rule', rule, '--ids', 'task');
      }),
      step('delete-rule', async (stage) => {
        await aws(stage, 'events', 'delete-rule', '--name', rule);
        if (stage.sandbox.world.eventRules.has(rule)) throw new StepFailure('the rule is still there');
      }),
    ]),
    ...options.names('schedules').map((id) =>
      step('delete-schedule', async (stage) => {
        const { GroupName, Name } = namedAs(id);
        await aws(stage, 'scheduler', 'delete-schedule', '--group-name', GroupName, '--name', Name);
        if (stage.sandbox.world.schedules.has(id)) throw new StepFailure('the schedule is still there');
      }),
    ),
  ];
}

/** fabfuel's `ecs cron` does all of it for one rule; what it cannot do, the AWS CLI does beside it. */
export function fabfuelSteps(options: CellOptions): Step[] {
  const keeps = options.is('deregisterOld', false) ? ['--no-deregister'] : [];
  const [rule] = options.names('rules') as [string];
  const run: Run = async (stage) => {
    const named = [options.name('cluster')!, familyOf(options), rule];
    await stage.succeed('ecs', ['cron', ...named, '--tag', 'v2', ...keeps]);
    expectRegistered(stage, options);
    expectTarget(stage, options, rule);
    expectRetired(stage, options);
  };
  return [{ name: 'ecs cron', tool: 'ecs', run }, ...removal(options)];
}
