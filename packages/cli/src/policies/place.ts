import { partitionOfRegion, quote } from '@postern/core';
import type { TemplatePlace } from './found.js';

/** What stands for an account and a region that a template leaves open. */
export const examplePlace: TemplatePlace = { account: '111122223333', region: 'us-east-1', partition: 'aws' };

/** Where templates are deployed to, as far as it is given; what is taken for the rest is noted where a template asks for it. */
export function placeOf(
  {
    account,
    region,
    partition,
  }: { account?: string | undefined; region?: string | undefined; partition?: string | undefined },
  parameters?: ReadonlyMap<string, string>,
): TemplatePlace {
  const assume = (name: string, flag: string, value: string) =>
    [name, `${quote(name)} is taken to be ${quote(value)}: give it with ${quote(flag)}`] as const;
  return {
    account: account ?? examplePlace.account,
    region: region ?? examplePlace.region,
    partition:
      partition ?? (region === undefined ? undefined : partitionOfRegion.get(region)) ?? examplePlace.partition,
    ...(parameters && { parameters }),
    assumed: Object.fromEntries([
      ...(account === undefined ? [assume('AWS::AccountId', '--account', examplePlace.account)] : []),
      ...(region === undefined ? [assume('AWS::Region', '--region', examplePlace.region)] : []),
    ]),
  };
}
