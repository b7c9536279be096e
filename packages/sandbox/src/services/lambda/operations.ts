import { createHash } from 'node:crypto';
import { ServiceError, type Call, type Operation, type OperationOutput } from '../../server/call.js';
import { addFunction, findFunction, functionArn, readFunction, removeFunction, requireFunction } from './functions.js';
import { newFunction, type Alias, type LambdaFunction } from './state.js';

/** Members of a configuration that are kept as they were given. */
const kept =
  /^(?:Runtime|Handler|Description|Timeout|MemorySize|Environment|PackageType|Architectures|EphemeralStorage|TracingConfig|DeadLetterConfig|ImageConfig|LoggingConfig|SnapStart)$/;

/** What a read sees; where a change takes its time, each read brings its end nearer. */
function look(call: Call, one: LambdaFunction): OperationOutput {
  const seen = describe(call, one, ...versionOf(call, one));
  if (one.underWay > 0) one.underWay -= 1;
  return seen;
}

/**
 * A function is ready at once, unless it is to take its time.
 * @param qualifier what its ARN has behind the name
 */
function describe(
  call: Call,
  one: LambdaFunction,
  version = '$LATEST',
  code = one.codeSha256,
  qualifier = version === '$LATEST' ? undefined : version,
): OperationOutput {
  const named = { ...readFunction(call), qualifier };
  const { Layers, ...configuration } = one.configuration;
  return {
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Timeout: 3,
    MemorySize: 128,
    Description: '',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
    TracingConfig: { Mode: 'PassThrough' },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    ...configuration,
    ...(Array.isArray(Layers) ? { Layers: Layers.map((Arn) => ({ Arn: String(Arn), CodeSize: 0 })) } : {}),
    FunctionName: one.name,
    FunctionArn: functionArn(call, named, true),
    Role: one.role,
    CodeSize: one.codeSize,
    CodeSha256: code,
    LastModified: '2026-01-01T00:00:00.000+0000',
    RevisionId: `00000000-0000-0000-0000-${String(one.revision).padStart(12, '0')}`,
    Version: version,
    State: 'Active',
    LastUpdateStatus: one.underWay > 0 ? 'InProgress' : 'Successful',
  };
}

/** The version that a qualifier names, with its package; an ARN keeps the qualifier as it was given. */
function versionOf(call: Call, one: LambdaFunction): readonly [version: string, code: string, qualifier?: string] {
  const { qualifier } = readFunction(call);
  if (qualifier === undefined) return ['$LATEST', one.codeSha256];
  const version = one.aliases.get(qualifier)?.version ?? qualifier;
  const code = version === '$LATEST' ? one.codeSha256 : one.versions[Number(version) - 1]?.codeSha256;
  if (code !== undefined) return [version, code, qualifier];
  // What is named is there, also a version that nobody published here.
  if (call.world.assumeExisting) return [/^[0-9]+$/.test(version) ? version : '1', one.codeSha256, qualifier];
  throw new ServiceError(
    'ResourceNotFoundException',
    `Function not found: ${functionArn(call, readFunction(call), true)}`,
    404,
  );
}

/** A change on the condition of a revision that is not the present one is refused, and a trial changes nothing. */
function requireRevision(call: Call, one: LambdaFunction): void {
  const given = call.input['RevisionId'];
  if (given !== undefined && given !== describe(call, one)['RevisionId'])
    throw new ServiceError(
      'PreconditionFailedException',
      'The RevisionId provided does not match the latest RevisionId. Call the GetFunction or the GetAlias API to retrieve the latest RevisionId for your resource.',
      412,
    );
}

function setCode(call: Call, one: LambdaFunction, code: Readonly<Record<string, unknown>>): void {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion, ImageUri } = code;
  const stored = call.world.objects.buckets.get(String(S3Bucket))?.objects.get(String(S3Key))?.body;
  const bytes =
    typeof ZipFile === 'string'
      ? Buffer.from(ZipFile, 'base64')
      : (stored ?? Buffer.from(JSON.stringify([S3Bucket, S3Key, S3ObjectVersion, ImageUri])));
  one.codeSha256 = createHash('sha256').update(bytes).digest('base64');
  one.codeSize = bytes.length;
  one.revision += 1;
  one.underWay = one.lag;
}

function publish(one: LambdaFunction): string {
  // A version is published only where something changed since the last one.
  const { codeSha256, revision } = one;
  if (one.versions.at(-1)?.revision !== revision) one.versions.push({ codeSha256, revision });
  return String(one.versions.length);
}

function configure(call: Call, one: LambdaFunction): void {
  const { Role, Layers } = call.input;
  const given = Object.fromEntries(Object.entries(call.input).filter(([name]) => kept.test(name)));
  one.configuration = { ...one.configuration, ...given, ...(Layers === undefined ? {} : { Layers }) };
  if (typeof Role === 'string') one.role = Role;
  one.revision += 1;
  one.underWay = one.lag;
}

function describeAlias(call: Call, one: LambdaFunction, alias: Alias): OperationOutput {
  return {
    AliasArn: functionArn(call, { ...readFunction(call), qualifier: alias.name }, true),
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    RevisionId: `00000000-0000-0000-0000-${String(one.revision).padStart(12, '0')}`,
  };
}

function setAlias(call: Call, one: LambdaFunction, present: Alias | undefined): OperationOutput {
  const { Name, FunctionVersion = present?.version, Description = present?.description ?? '' } = call.input;
  const version = String(FunctionVersion ?? '$LATEST');
  if (version !== '$LATEST' && one.versions[Number(version) - 1] === undefined && !call.world.assumeExisting)
    throw new ServiceError(
      'ResourceNotFoundException',
      `Function not found: ${functionArn(call, { ...readFunction(call), qualifier: version }, true)}`,
      404,
    );
  const alias: Alias = { name: String(Name ?? ''), version, description: String(Description) };
  one.aliases.set(alias.name, alias);
  return describeAlias(call, one, alias);
}

function requireAlias(call: Call, one: LambdaFunction): Alias {
  const name = String(call.input['Name'] ?? '');
  const found = one.aliases.get(name);
  if (found !== undefined) return found;
  if (call.world.assumeExisting) return { name, version: '1', description: '' };
  const arn = functionArn(call, { ...readFunction(call), qualifier: name }, true);
  throw new ServiceError('ResourceNotFoundException', `Cannot find alias arn: ${arn}`, 404);
}

/** The function whose ARN a request about tags has. */
const tagged = (call: Call) => requireFunction(call, readFunction(call, String(call.input['Resource'] ?? '')));

export const operations: Readonly<Record<string, Operation>> = {
  CreateFunction: (call) => {
    const { name } = readFunction(call);
    if (call.world.functions.has(`${call.principal.account}/${call.region}/${name}`))
      throw new ServiceError('ResourceConflictException', `Function already exist: ${name}`, 409);
    const one = newFunction(name, String(call.input['Role'] ?? ''));
    configure(call, one);
    setCode(call, one, (call.input['Code'] ?? {}) as Readonly<Record<string, unknown>>);
    one.revision = 1;
    for (const [key, value] of Object.entries((call.input['Tags'] ?? {}) as Readonly<Record<string, unknown>>))
      one.tags.set(key, String(value));
    addFunction(call, one);
    return describe(call, one, call.input['Publish'] === true ? publish(one) : undefined);
  },
  UpdateFunctionCode: (call) => {
    const one = requireFunction(call);
    requireRevision(call, one);
    if (call.input['DryRun'] === true) return describe(call, one);
    setCode(call, one, call.input);
    return describe(call, one, call.input['Publish'] === true ? publish(one) : undefined);
  },
  UpdateFunctionConfiguration: (call) => {
    const one = requireFunction(call);
    requireRevision(call, one);
    configure(call, one);
    return describe(call, one);
  },
  GetFunction: (call) => {
    const one = requireFunction(call);
    // Tags are in the answer for who may list them.
    const shown =
      one.tags.size === 0 ||
      call.allows({ action: 'lambda:ListTags', resource: functionArn(call, readFunction(call)) });
    return {
      Configuration: look(call, one),
      Code: {
        RepositoryType: 'S3',
        Location: `https://awslambda-${call.region}-tasks.s3.${call.region}.amazonaws.com/`,
      },
      ...(shown
        ? { Tags: Object.fromEntries(one.tags) }
        : { TagsError: { ErrorCode: 'AccessDeniedException', Message: 'lambda:ListTags is not allowed' } }),
    };
  },
  GetFunctionConfiguration: (call) => {
    return look(call, requireFunction(call));
  },
  Invoke: (call) => {
    const [version] = versionOf(call, requireFunction(call));
    const later = call.input['InvocationType'] === 'Event';
    return {
      StatusCode: later ? 202 : call.input['InvocationType'] === 'DryRun' ? 204 : 200,
      ExecutedVersion: version,
      ...(later ? {} : { Payload: Buffer.from('null') }),
    };
  },
  PublishVersion: (call) => {
    const one = requireFunction(call);
    requireRevision(call, one);
    const given = call.input['CodeSha256'];
    if (given !== undefined && given !== one.codeSha256)
      throw new ServiceError(
        'InvalidParameterValueException',
        `CodeSHA256 (${String(given)}) is different from current CodeSHA256 in $LATEST (${one.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
      );
    return describe(call, one, publish(one));
  },
  ListVersionsByFunction: (call) => {
    const one = requireFunction(call);
    const published = one.versions.map(({ codeSha256 }, index) => describe(call, one, String(index + 1), codeSha256));
    return { Versions: [describe(call, one), ...published] };
  },
  DeleteFunction: (call) => {
    requireFunction(call);
    removeFunction(call);
    return { StatusCode: 204 };
  },
  CreateAlias: (call) => {
    const one = requireFunction(call);
    const name = String(call.input['Name'] ?? '');
    if (one.aliases.has(name)) {
      const arn = functionArn(call, { ...readFunction(call), qualifier: name }, true);
      throw new ServiceError('ResourceConflictException', `Alias already exists: ${arn}`, 409);
    }
    return setAlias(call, one, undefined);
  },
  UpdateAlias: (call) => {
    const one = requireFunction(call);
    return setAlias(call, one, requireAlias(call, one));
  },
  GetAlias: (call) => {
    const one = requireFunction(call);
    return describeAlias(call, one, requireAlias(call, one));
  },
  ListAliases: (call) => {
    const one = requireFunction(call);
    return { Aliases: [...one.aliases.values()].map((alias) => describeAlias(call, one, alias)) };
  },
  TagResource: (call) => {
    const one = tagged(call);
    for (const [key, value] of Object.entries((call.input['Tags'] ?? {}) as Readonly<Record<string, unknown>>))
      one.tags.set(key, String(value));
    return {};
  },
  UntagResource: (call) => {
    const one = tagged(call);
    for (const key of [call.input['TagKeys'] ?? []].flat()) one.tags.delete(String(key));
    return {};
  },
  ListTags: (call) => ({
    Tags: Object.fromEntries(findFunction(call, readFunction(call, String(call.input['Resource'] ?? '')))?.tags ?? []),
  }),
};
