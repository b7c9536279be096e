import { Annotations, CfnResource, Stack } from 'aws-cdk-lib/core';
import { CfnOIDCProvider } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/**
 * The ARN of the identity provider of an issuer in the stack of a construct: of the one that is there, else of one that is
 * made, once for all roles of the stack.
 * @param issuer without `https://`
 * @param audiences what the tokens are for: the provider must know them
 */
export function providerArn(scope: IConstruct, issuer: string, audiences: readonly string[]): string {
  const stack = Stack.of(scope);
  const id = `PosternProvider-${issuer.replace(/[^A-Za-z0-9.-]/g, '-')}`;
  const own = stack.node.tryFindChild(id);
  if (own instanceof CfnOIDCProvider) {
    own.clientIdList = [...new Set([...(own.clientIdList ?? []), ...audiences])];
    return own.attrArn;
  }
  const found = stack.node.findAll().find((one) => Stack.of(one) === stack && urlOf(one)?.url === `https://${issuer}`);
  if (found === undefined) {
    return new CfnOIDCProvider(stack, id, { url: `https://${issuer}`, clientIdList: [...audiences] }).attrArn;
  }
  const { clients = [], arn } = urlOf(found)!;
  const missing = audiences.filter((audience) => !clients.includes(audience));
  if (missing.length > 0) {
    const say = `\`${found.node.path}\` does not take the audience ${missing.map((one) => `\`${one}\``).join(', ')}: add it to its client ids`;
    Annotations.of(scope).addWarningV2('@postern/cdk:audience', say);
  }
  return arn;
}

interface FoundProvider {
  readonly url: unknown;
  readonly clients?: readonly unknown[];
  readonly arn: string;
}

/** What a resource of the first level provides, where it is an identity provider, made by CloudFormation or by a function. */
function urlOf(construct: IConstruct): FoundProvider | undefined {
  if (!CfnResource.isCfnResource(construct)) return undefined;
  if (construct instanceof CfnOIDCProvider) {
    return { url: construct.url, clients: construct.clientIdList ?? [], arn: construct.attrArn };
  }
  if (construct.cfnResourceType !== 'Custom::AWSCDKOpenIdConnectProvider') return undefined;
  const { Url, ClientIDList } = propertiesOf(construct);
  return { url: Url, clients: Array.isArray(ClientIDList) ? ClientIDList : [], arn: construct.ref };
}

/** The properties as they stand in the template. */
function propertiesOf(resource: CfnResource): Readonly<Record<string, unknown>> {
  const template = Stack.of(resource).resolve(resource._toCloudFormation()) as {
    readonly Resources?: Readonly<Record<string, { readonly Properties?: Readonly<Record<string, unknown>> }>>;
  };
  return Object.values(template.Resources ?? {})[0]?.Properties ?? {};
}
