import { ServiceError, type Call, type Check, type Rule } from '../../server/call.js';
import { decryptCheck } from '../s3/encryption.js';
import { findFunction, functionArn, readFunction } from './functions.js';

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html';
const permissions = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html';
const passing = 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-user-function.html';
const fromS3 = 'https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html';
const images = 'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#gettingstarted-images-permissions';
const layers = 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-user-layer.html';
const tagging = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html';

type Input = Readonly<Record<string, unknown>>;

/** An operation on the function itself, whatever version or alias it names. */
const onFunction = (name: string): Rule => ({
  source: reference,
  checks: (call) => [{ action: `lambda:${name}`, resource: functionArn(call, readFunction(call)) }],
});

/** An operation on the version or alias that the request names, if it names one. */
const onQualified = (name: string): Rule => ({
  source: `${reference}; versions and aliases: ${permissions}`,
  checks: (call) => [{ action: `lambda:${name}`, resource: functionArn(call, readFunction(call), true) }],
});

function tagContext(tags: unknown): Record<string, string | string[]> {
  const entries = Object.entries((tags ?? {}) as Input);
  if (entries.length === 0) return {};
  return {
    'aws:TagKeys': entries.map(([key]) => key),
    ...Object.fromEntries(entries.map(([key, value]) => [`aws:RequestTag/${key}`, String(value)])),
  };
}

/**
 * The package in a bucket, or in a repository of images, which Lambda reads with the caller's permissions; where it is encrypted,
 * S3 asks KMS as for any read.
 * @throws {ServiceError} where the address of the image names no repository of ECR
 */
function packageChecks(call: Call, code: Input): Check[] {
  const { S3Bucket, S3Key, S3ObjectVersion, ImageUri } = code;
  const image = /^([0-9]{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.[a-z.]+\/([^:@]+)/.exec(String(ImageUri ?? ''));
  if (image === null && ImageUri !== undefined)
    throw new ServiceError('NotImplemented', `the sandbox knows no repository behind \`${String(ImageUri)}\``, 501);
  return [
    ...(typeof S3Bucket === 'string' && typeof S3Key === 'string'
      ? [
          {
            action: S3ObjectVersion === undefined ? 's3:GetObject' : 's3:GetObjectVersion',
            resource: `arn:${call.world.partition}:s3:::${S3Bucket}/${S3Key}`,
          },
          ...decryptCheck(
            { ...call, input: { Bucket: S3Bucket, Key: S3Key } },
            call.world.objects.buckets.get(S3Bucket)?.objects.get(S3Key)?.kmsKey,
          ),
        ]
      : []),
    ...(image === null
      ? []
      : ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'].map((action) => ({
          action,
          resource: `arn:${call.world.partition}:ecr:${image[2]}:${image[1]}:repository/${image[3]}`,
        }))),
  ];
}

const layersOf = ({ Layers }: Input): string[] => (Array.isArray(Layers) ? Layers.map(String) : []);

const layerContext = (input: Input): NonNullable<Check['context']> =>
  layersOf(input).length === 0 ? {} : { 'lambda:Layer': layersOf(input) };

const layerChecks = (input: Input): Check[] =>
  layersOf(input).map((resource) => ({ action: 'lambda:GetLayerVersion', resource }));

/** A role is passed where it is not the one that the function has. */
function passCheck(call: Call): Check[] {
  const { Role } = call.input;
  if (typeof Role !== 'string') return [];
  const present = call.operation === 'CreateFunction' ? undefined : findFunction(call)?.role;
  if (present === Role) return [];
  return [{ action: 'iam:PassRole', resource: Role, context: { 'iam:PassedToService': 'lambda.amazonaws.com' } }];
}

export const rules: Readonly<Record<string, Rule>> = {
  CreateFunction: {
    source: `${reference}; role: ${passing}; package: ${fromS3} and ${images}; layers: ${layers}; tags: ${tagging}`,
    checks: (call) => {
      const { Code, Tags, CodeSigningConfigArn } = call.input;
      const resource = functionArn(call, readFunction(call));
      const tags = tagContext(Tags);
      const signing =
        typeof CodeSigningConfigArn === 'string' ? { 'lambda:CodeSigningConfigArn': CodeSigningConfigArn } : {};
      return [
        { action: 'lambda:CreateFunction', resource, context: { ...tags, ...signing, ...layerContext(call.input) } },
        ...passCheck(call),
        ...packageChecks(call, (Code ?? {}) as Input),
        ...layerChecks(call.input),
        ...('aws:TagKeys' in tags ? [{ action: 'lambda:TagResource', resource, context: tags }] : []),
      ];
    },
  },
  UpdateFunctionCode: {
    source: `${reference}; package: ${fromS3} and ${images}`,
    checks: (call) => [
      { action: 'lambda:UpdateFunctionCode', resource: functionArn(call, readFunction(call)) },
      ...packageChecks(call, call.input),
    ],
  },
  UpdateFunctionConfiguration: {
    source: `${reference}; role: ${passing}; layers: ${layers}`,
    checks: (call) => [
      {
        action: 'lambda:UpdateFunctionConfiguration',
        resource: functionArn(call, readFunction(call)),
        context: layerContext(call.input),
      },
      ...passCheck(call),
      ...layerChecks(call.input),
    ],
  },
  // Whether its tags are shown is asked by the operation.
  GetFunction: {
    ...onQualified('GetFunction'),
    source: `${reference}; versions and aliases: ${permissions}; tags: ${tagging}`,
  },
  GetFunctionConfiguration: onQualified('GetFunctionConfiguration'),
  Invoke: onQualified('InvokeFunction'),
  PublishVersion: onFunction('PublishVersion'),
  ListVersionsByFunction: onFunction('ListVersionsByFunction'),
  DeleteFunction: onQualified('DeleteFunction'),
  CreateAlias: onFunction('CreateAlias'),
  UpdateAlias: onFunction('UpdateAlias'),
  GetAlias: onFunction('GetAlias'),
  ListAliases: onFunction('ListAliases'),
  ...Object.fromEntries(
    ['TagResource', 'UntagResource', 'ListTags'].map((name): [string, Rule] => [
      name,
      {
        source: reference,
        checks: (call) => [
          {
            action: `lambda:${name}`,
            resource: String(call.input['Resource'] ?? ''),
            context: {
              ...tagContext(call.input['Tags']),
              ...(Array.isArray(call.input['TagKeys']) ? { 'aws:TagKeys': call.input['TagKeys'].map(String) } : {}),
            },
          },
        ],
      },
    ]),
  ),
};
