import { UseCasePolicy } from '@postern/pulumi';
import * as pulumi from '@pulumi/pulumi';
import type { Cell } from './cells.js';

let cell: Cell | undefined;

/** Answers for the provider: the place of the cell at hand. Call once, before the first component. */
export async function mockProvider(): Promise<void> {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs as Record<string, unknown> }),
    call({ token }) {
      const region = String(cell?.options['region']);
      if (token.endsWith('getCallerIdentity')) return { accountId: cell?.options['account'] };
      if (token.endsWith('getRegion')) return { region };
      return { partition: region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws' };
    },
  });
}

let count = 0;

/** The document that the component hands to its policy; deferred, every option is an output. */
export async function pulumiDocument(of: Cell, deferred: boolean): Promise<string> {
  cell = of;
  const { account, region, ...rest } = of.options as Record<string, unknown>;
  const options = deferred
    ? Object.fromEntries(
        Object.entries({ account, region, ...rest }).map(([name, value]) => [name, pulumi.output(value)]),
      )
    : rest;
  count += 1;
  const { policyJson } = new UseCasePolicy(`cell-${count}`, of.useCase, options as never);
  return new Promise((resolve) => policyJson.apply(resolve));
}
