import type { ResourceForm, TextForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/**
 * A log group of CloudWatch Logs. Its ARN is shown with and without `:*` behind it: an option takes the one without.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html#CWL_ARN_Format
 */
export const logGroup: ResourceForm = {
  title: 'log group',
  example: '/ecs/web',
  pattern: '^[A-Za-z0-9_/.#-]+$',
  says: 'letters, digits and `_/.#-`, with the leading slash if the group has one',
  shortest: 1,
  longest: 512,
  refuse: [
    {
      pattern: '^(arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^:]+):(?:[*]|log-stream:.*)$',
      say: 'has `:*` or a stream behind the group: write the ARN of the group alone',
      here: '`$1`',
    },
    {
      pattern: '^log-group:([^:]+)(?::.*)?$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
    { pattern: '^([^:]+):[*]$', say: 'has `:*` behind the group: write the name alone', here: '`$1`' },
  ],
  arn: { service: 'logs', regional: true, account: true, resource: ['log-group:', itself] },
};

/**
 * What the names of log streams begin with, up to a slash: the log driver awslogs names them `PREFIX/CONTAINER/TASK`.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html
 */
export const logStreamPrefix: TextForm = {
  title: 'prefix of log streams',
  example: 'web/app',
  pattern: '^[^:*?\\x00-\\x20]+$',
  says: 'what stands before the id of the task, as `PREFIX/CONTAINER`, without `:` and wildcards',
  shortest: 1,
  longest: 400,
  refuse: [
    {
      pattern: '^(.*[^/])/+$',
      say: 'ends with a slash, which is put behind it anyway: write it without',
      here: '`$1`',
    },
    {
      pattern: '^(.*/[^/]+)/[0-9a-f]{32}$',
      say: 'ends with the id of a task, and each task has another: write what stands before it',
      here: '`$1`',
    },
  ],
};
