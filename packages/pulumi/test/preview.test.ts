import * as pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';

/** An output that a preview cannot know: its value is there, and must not be looked at. */
function unknown<T>(value: T): pulumi.Output<T> {
  const make = pulumi.Output as unknown as new (...state: unknown[]) => pulumi.Output<T>;
  const later = Promise.resolve.bind(Promise);
  return new make(new Set(), later(value), later(false), later(false), later(new Set()));
}

test('an unknown input is neither validated nor shown, and nothing crashes', async () => {
  const registered: Record<string, unknown>[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, type, inputs }) => {
        registered.push({ type, inputs: inputs as unknown });
        return { id: name, state: inputs as Record<string, unknown> };
      },
      call: () => ({}),
    },
    'project',
    'stack',
    true,
  );
  const { EcrDockerPushPolicy } = await import('../src/index.js');
  const place = { account: '123456789012', region: 'eu-west-1' };
  const { policyJson } = new EcrDockerPushPolicy('push', { repositories: [unknown('NOT A REPOSITORY')], ...place });
  const known = await (policyJson as unknown as { isKnown: Promise<boolean> }).isKnown;
  expect(known).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const policy = registered.find(({ type }) => type === 'aws:iam/policy:Policy');
  expect(policy).toBeDefined();
  expect(JSON.stringify(policy)).not.toContain('NOT A REPOSITORY');
});
