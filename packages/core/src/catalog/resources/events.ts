import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/**
 * A rule of EventBridge on the default bus, the only one with schedules.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
 */
export const eventRule: ResourceForm = {
  title: 'EventBridge rule',
  example: 'nightly',
  pattern: '^[A-Za-z0-9._-]+$',
  says: 'letters, digits and `._-`',
  shortest: 1,
  longest: 64,
  refuse: [
    {
      pattern: '^(?:rule|(?:arn:[^:]*:events:[^:]*:[^:]*:rule/)?default)/([^:/]+)$',
      say: 'names the bus or the end of an ARN with the rule: write the rule alone',
      here: '`$1`',
    },
    {
      pattern: '^(?:arn:[^:]*:events:[^:]*:[^:]*:rule/)?[^:/]+/[^:/]+$',
      say: 'is a rule on a bus of your own, and only rules on the default bus run on a schedule: name one of those',
    },
    {
      pattern: '^(?:rate|cron|at)[(]',
      say: 'is a schedule: write the name of the rule that has it',
    },
  ],
  arn: { service: 'events', regional: true, account: true, resource: ['rule/', itself] },
};

/**
 * A schedule of EventBridge Scheduler, with its group: `default` where none was made.
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
 */
export const schedule: ResourceForm = {
  title: 'schedule',
  example: 'default/nightly',
  pattern: '^[A-Za-z0-9._-]{1,64}/[A-Za-z0-9._-]{1,64}$',
  says: 'the group and the name with a slash between them, of letters, digits and `._-`',
  shortest: 3,
  longest: 129,
  refuse: [
    {
      pattern: '^schedule/([^:/]+/[^:/]+)$',
      say: 'is the end of an ARN: write the group and the name alone',
      here: '`$1`',
    },
    {
      pattern: '^(?:rate|cron|at)[(]',
      say: 'is a time: write the name of the schedule that has it',
    },
    {
      pattern: '^([A-Za-z0-9._-]+)$',
      say: 'has no group: write the group before it, which is `default` where none was made',
      here: '`default/$1`',
    },
    {
      pattern: '^arn:[^:]*:events:',
      say: 'is a rule of EventBridge, another thing than a schedule of EventBridge Scheduler: name it in `rules`',
    },
  ],
  arn: { service: 'scheduler', regional: true, account: true, resource: ['schedule/', itself] },
};
