import { ServiceError, type Call, type Check, type Operation, type Rule } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { defineService } from '../define.js';
import model from './model.json' with { type: 'json' };
import { frame } from './event-stream.js';
import type { LogStream } from './state.js';

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html';
const resources =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html#CWL_ARN_Format';

/** The ARN of the log group that a request names, by its name or by its ARN, which may end with `:*`. */
function groupArn(call: Call, named: unknown): string {
  const text = String(named ?? '').replace(/:\*$/, '');
  if (text.startsWith('arn:')) return text;
  return arnOf(call.world, 'logs', call.region, call.principal.account, `log-group:${text}`);
}

const ownGroup = ({ input }: Call) => input['logGroupIdentifier'] ?? input['logGroupName'];
const streamOf = ({ input }: Call) => String(input['logStreamName'] ?? '');

/** Live refusals name a log group both as the reference writes it and with an empty stream behind it. */
const onGroup = (action: string, group: string): Check[] =>
  [group, `${group}:log-stream:`].map((resource) => ({ action, resource }));

const rules: Readonly<Record<string, Rule>> = {
  FilterLogEvents: {
    source: `${reference}; ${resources}; live refusals name both forms`,
    checks: (call) => onGroup('logs:FilterLogEvents', groupArn(call, ownGroup(call))),
  },
  StartLiveTail: {
    source: `${reference}; ${resources}`,
    checks: ({ input, ...call }) => {
      const groups = Array.isArray(input['logGroupIdentifiers']) ? input['logGroupIdentifiers'] : [];
      return groups.flatMap((one) => onGroup('logs:StartLiveTail', groupArn({ input, ...call }, one)));
    },
  },
  GetLogEvents: {
    source: reference,
    checks: (call) => [
      { action: 'logs:GetLogEvents', resource: `${groupArn(call, ownGroup(call))}:log-stream:${streamOf(call)}` },
    ],
  },
};

/** @throws {ServiceError} where the world has no such group, and takes nothing for existing */
function streamsOf(call: Call): ReadonlyMap<string, LogStream> {
  const name = groupArn(call, ownGroup(call)).split(':log-group:')[1] ?? '';
  const found = call.world.logGroups.get(name);
  if (found === undefined && !call.world.assumeExisting)
    throw new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
  return found ?? new Map();
}

const at = 1_700_000_000_000;
const eventsOf = (lines: LogStream) =>
  lines.map((message, index) => ({ timestamp: at + index, ingestionTime: at + index, message }));

const operations: Readonly<Record<string, Operation>> = {
  FilterLogEvents: (call) => {
    const { logStreamNames, logStreamNamePrefix } = call.input;
    const wanted = (name: string) =>
      (!Array.isArray(logStreamNames) || logStreamNames.includes(name)) &&
      (typeof logStreamNamePrefix !== 'string' || name.startsWith(logStreamNamePrefix));
    const events = [...streamsOf(call)]
      .filter(([name]) => wanted(name))
      .flatMap(([logStreamName, lines]) =>
        eventsOf(lines).map((event, index) => ({ logStreamName, eventId: `${logStreamName}/${index}`, ...event })),
      );
    return { events, searchedLogStreams: [] };
  },
  GetLogEvents: (call) => {
    const lines = streamsOf(call).get(streamOf(call));
    if (lines === undefined && !call.world.assumeExisting)
      throw new ServiceError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return { events: eventsOf(lines ?? []), nextForwardToken: 'f/1', nextBackwardToken: 'b/1' };
  },
  // A session that ends after its first update: what is logged later is no matter of permissions.
  StartLiveTail: () => ({
    raw: {
      status: 200,
      headers: { 'content-type': 'application/vnd.amazon.eventstream' },
      body: Buffer.concat([
        frame('initial-response', {}),
        frame('sessionStart', { requestId: 'r', sessionId: 's' }),
        frame('sessionUpdate', { sessionMetadata: { sampled: false }, sessionResults: [] }),
      ]),
    },
  }),
};

/** CloudWatch Logs, as far as jobs read it; nothing here writes a log. */
export const logs = defineService({
  name: 'logs',
  model,
  rules,
  operations,
  // What fits a pattern would have to be left out of the answer, and what is masked is shown by another permission.
  notServed: /^(?:FilterLogEvents|GetLogEvents|StartLiveTail)\.(?:unmask|filterPattern|logEventFilterPattern)$/,
});
