import { build, combine, compare, compile } from '@postern/core';
import { hostilePairs } from './hostile.js';
import { fiveStatements, fleet, pairOf } from './policies.js';
import { timeCdk } from './cdk.js';
import { readExample } from './example.js';
import { timeLoading } from './loading.js';
import { ofCosts, ratios, timeCalls, timeImportAfter, type Cost, type Spread } from './measure.js';

function report(name: string, { median, lower, upper }: Spread, unit: string, limit: number): void {
  const numbers = `${median.toFixed(2)} ${unit}  (middle half ${lower.toFixed(2)} to ${upper.toFixed(2)}, goal ${limit})`;
  console.log(`${median <= limit ? 'ok  ' : 'OVER'}  ${name.padEnd(66)} ${numbers}`);
}

const { useCase, options } = await readExample();
report(
  `build ${useCase.id}, options checked`,
  timeCalls(() => build(useCase, options)),
  'µs',
  5,
);

const decide = compile(fiveStatements);
const request = {
  action: 'dynamodb:PutItem',
  resource: 'arn:aws:dynamodb:eu-west-1:123456789012:table/locks',
  context: { 'dynamodb:LeadingKeys': ['acme-state/app/state'] },
};
if (decide(request).decision !== 'allowed') throw new Error('the request is not allowed');
report(
  'decide against a compiled five-statement policy',
  timeCalls(() => decide(request)),
  'µs',
  2,
);

for (const [name, limit] of Object.entries({ equal: 50, wider: 50, 'wider, with a Deny': 50 } as const)) {
  const [a, b] = pairOf(name);
  if (compare(a, b).relation !== name.split(',')[0]) throw new Error(`the pair is not ${name}`);
  report(
    `compare ten statements, prepared: ${name}`,
    timeCalls(() => compare(a, b), 30, 300),
    'µs',
    limit,
  );
}

for (const [name, [a, b]] of Object.entries(hostilePairs)) {
  const { relation, gained, lost } = compare(a, b);
  if (relation === 'equal') throw new Error(`the pair \`${name}\` is not equal`);
  const { median, lower, upper } = timeCalls(() => compare(a, b), 5, 1, 0);
  const witnesses = [gained, lost].filter((witness) => witness !== null).length;
  report(
    `compare, hostile: ${name}: ${relation}, ${witnesses} witnesses`,
    { median: median / 1000, lower: lower / 1000, upper: upper / 1000 },
    'ms',
    1000,
  );
}

{
  const policies = fleet(1000);
  const sample = policies.slice(0, 100);
  const start = performance.now();
  for (const a of sample) for (const b of policies) compare(a, b);
  const seconds = ((performance.now() - start) / 1000) * (policies.length / sample.length);
  report(
    'compare 1,000 policies all against all (from a tenth)',
    { median: seconds, lower: seconds, upper: seconds },
    's',
    60,
  );
  console.log(`      memory: ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`);
}

{
  const actions = Array.from({ length: 1000 }, (_, index) =>
    index % 2 === 0 ? `service${index % 50}:Get${index}` : `service${index % 50}:List${1000 + index}*`,
  );
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
  if (combine(document).Statement[0]?.Action?.length !== 1000)
    throw new Error('no action is covered, and some were dropped');
  report(
    'combine a statement of 1,000 actions',
    timeCalls(() => combine(document), 9, 1, 1),
    'µs',
    500_000,
  );
}

for (const { name, spread, unit, limit } of timeLoading()) report(name, spread, unit, limit);

{
  const { plain, adapter } = timeCdk();
  const milliseconds = (costs: readonly Cost[]) => `${ofCosts('', costs).spread.median.toFixed(0)} ms`;
  console.log(`      200 plain policies: ${milliseconds(plain)}, 200 of the adapter: ${milliseconds(adapter)}`);
  const { name, spread } = ofCosts('cdk: 200 policies to plain ManagedPolicy', ratios(adapter, plain));
  report(name, spread, 'times', 1.5);
}

for (const [name, hosts] of [
  ['cdk', ['aws-cdk-lib/aws-iam', 'aws-cdk-lib/core', 'constructs']],
  ['pulumi', ['@pulumi/pulumi', '@pulumi/aws/iam/policy.js']],
] as const) {
  const file = new URL(`../../../packages/${name}/dist/index.js`, import.meta.url).href;
  const cost = ofCosts(`${name}: import over its host`, timeImportAfter(hosts, file));
  report(cost.name, cost.spread, 'ms', 20);
}
