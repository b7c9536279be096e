import { App, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';

export const env = { account: '123456789012', region: 'eu-west-1' };

/** A stack in an app of its own; `in` gives it an account and a region. */
export function makeStack(settings: { in?: typeof env; context?: Record<string, unknown> } = {}): Stack {
  const context = settings.context ?? {};
  const app = new App({ builtinCloudFormationValidation: false, context } as ConstructorParameters<typeof App>[0]);
  return new Stack(app, 'Stack', settings.in === undefined ? {} : { env: settings.in });
}

interface SynthesizedStatement {
  readonly Sid?: string;
  readonly Resource?: unknown;
  readonly Action?: unknown;
}

type SynthesizedPolicies = Record<
  string,
  { Type: string; Properties: { PolicyDocument: { Statement: SynthesizedStatement[] } } }
>;

/** The statements of the only policy of a type in the template. */
export function statementsOf(stack: Stack, type = 'AWS::IAM::ManagedPolicy'): SynthesizedStatement[] {
  const resources = Template.fromStack(stack).toJSON()['Resources'] as SynthesizedPolicies;
  const found = Object.values(resources).filter(({ Type }) => Type === type);
  return found.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

/** The resources of the statement with this Sid, as text. */
export function resourcesIn(stack: Stack, sid: string): string {
  return JSON.stringify(statementsOf(stack).find(({ Sid }) => Sid === sid)?.Resource);
}
