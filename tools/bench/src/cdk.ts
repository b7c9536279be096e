import { UseCasePolicy, type UseCasePolicyProps } from '@postern/cdk';
import { build, type UseCase } from '@postern/core';
import { ManagedPolicy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import { readExample } from './example.js';
import type { Cost } from './measure.js';

const { useCase, options } = await readExample();
const place = { account: '123456789012', region: 'eu-west-1' };
const handWritten = build(useCase, { ...options, ...place });

function synthesize(add: (stack: Stack, id: string) => void): Cost {
  const begun = process.cpuUsage();
  const start = performance.now();
  const app = new App({ builtinCloudFormationValidation: false } as ConstructorParameters<typeof App>[0]);
  const stack = new Stack(app, 'Stack', { env: place });
  for (let index = 0; index < 200; index += 1) add(stack, `Policy${index}`);
  app.synth();
  const clock = performance.now() - start;
  const { user, system } = process.cpuUsage(begun);
  return { clock, processor: (user + system) / 1000 };
}

/** What 200 policies cost: plain ones with written statements, and those of the adapter, in turn. */
export function timeCdk(rounds = 9): { readonly plain: Cost[]; readonly adapter: Cost[] } {
  const plain: Cost[] = [];
  const adapter: Cost[] = [];
  for (let round = 0; round < rounds + 2; round += 1) {
    const before = synthesize(
      (stack, id) => new ManagedPolicy(stack, id, { document: PolicyDocument.fromJson(handWritten) }),
    );
    const after = synthesize(
      (stack, id) => new UseCasePolicy(stack, id, useCase, options as UseCasePolicyProps<UseCase>),
    );
    // The first rounds load and compile what both use.
    if (round < 2) continue;
    plain.push(before);
    adapter.push(after);
  }
  return { plain, adapter };
}
