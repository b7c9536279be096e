import type { Credentials } from '../src/principals/principals.js';

/** The part of an SDK client that is used here. */
interface ClosableClient {
  send(command: object): Promise<Record<string, unknown>>;
  destroy(): void;
}

type Module = Readonly<Record<string, new (input: object) => object>>;

// The SDK warns of the Node versions it will support later, which is no answer to the user's question.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const modules = {
  CodeDeploy: () => import('@aws-sdk/client-codedeploy') as unknown as Promise<Module>,
  DynamoDB: () => import('@aws-sdk/client-dynamodb') as unknown as Promise<Module>,
  ECR: () => import('@aws-sdk/client-ecr') as unknown as Promise<Module>,
  ECS: () => import('@aws-sdk/client-ecs') as unknown as Promise<Module>,
  IAM: () => import('@aws-sdk/client-iam') as unknown as Promise<Module>,
  KMS: () => import('@aws-sdk/client-kms') as unknown as Promise<Module>,
  S3: () => import('@aws-sdk/client-s3') as unknown as Promise<Module>,
  STS: () => import('@aws-sdk/client-sts') as unknown as Promise<Module>,
};

/** A service as the AWS SDK for JavaScript names its client. */
export type SdkName = keyof typeof modules;

/** Sends one call: `call('S3', 'PutObject', { Bucket, Key, Body })`. */
export type SdkCall = (
  service: SdkName,
  operation: string,
  input: object,
  place?: { readonly region?: string },
) => Promise<Record<string, unknown>>;

/** AWS SDK clients of one caller; they are made at their first use, and never retry. */
export function createClients(endpoint: string, credentials: Credentials, region: string) {
  const clients = new Map<string, Promise<{ client: ClosableClient; module: Module }>>();

  async function open(service: SdkName, where: string): Promise<{ client: ClosableClient; module: Module }> {
    const module = await modules[service]();
    const Constructor = module[`${service}Client`]!;
    const settings = { endpoint, region: where, credentials: { ...credentials }, maxAttempts: 1, forcePathStyle: true };
    return { module, client: new Constructor(settings) as ClosableClient };
  }

  const call: SdkCall = async (service, operation, input, { region: where = region } = {}) => {
    const name = `${service} ${where}`;
    let opened = clients.get(name);
    if (opened === undefined) clients.set(name, (opened = open(service, where)));
    const { client, module } = await opened;
    return client.send(new module[`${operation}Command`]!(input));
  };

  return {
    call,
    async close(): Promise<void> {
      for (const opened of clients.values()) (await opened).client.destroy();
    },
  };
}
