import type { Principal, Principals } from '../principals/principals.js';
import { services } from '../services/services.js';
import { worldIn, type World } from '../world/world.js';
import { decideCheck, refusalOf } from './authorize.js';
import { ServiceError, type Call, type Failure, type HttpRequest, type Reply, type Service } from './call.js';
import type { CheckResult, Log, LogEntry } from './log.js';
import { findUnknownMember } from './known.js';
import { readSignature, unsignedService } from './route.js';
import { failIn } from './unserved/fail.js';
import { nameRequest, type RequestName } from './unserved/identify.js';

const byName = new Map(services.map((service) => [service.name, service]));

/** What serving needs to know of a sandbox. */
export interface Setting {
  readonly world: World;
  readonly principals: Principals;
  readonly log: Log;
  /** Told of a host other than AWS's that somebody tried to reach. */
  readonly onRefused: (host: string) => void;
  /** What only the job of this run knows. */
  readonly secret: string;
}

/** Who asks and of which service, or why that cannot be said. */
type Found =
  | { readonly service: Service; readonly principal: Principal; readonly region: string }
  | {
      readonly name: Pick<LogEntry, 'service' | 'operation'>;
      readonly principal: string | undefined;
      readonly failure: Failure;
      readonly reply: Reply;
      readonly understood: boolean;
    };

/** Authorizes a request, serves it, and logs it. */
export async function serve(http: HttpRequest, setting: Setting): Promise<Reply> {
  const found = find(http, setting);
  if ('failure' in found) {
    const { name, principal, failure, reply, understood } = found;
    const { region } = setting.world;
    setting.log.add({
      ...name,
      principal,
      region,
      checks: [],
      status: failure.status,
      error: failure.code,
      understood,
    });
    return reply;
  }
  return serveFor(http, setting, found.service, found.principal, found.region);
}

function find(http: HttpRequest, { principals, world }: Setting): Found {
  const signature = readSignature(http);
  if (signature.kind === 'registry') {
    const service = byName.get('registry')!;
    if (signature.password === undefined)
      return refusedBy(service, http, { status: 401, code: 'UNAUTHORIZED', message: 'Not Authorized' });
    const principal = principals.find(world.registry.passwords.get(signature.password) ?? '');
    if (principal === undefined)
      return refusedBy(service, http, {
        status: 403,
        code: 'DENIED',
        message: 'Your authorization token has expired. Reauthenticate and try again.',
      });
    const region = /\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(http.host)?.[1];
    return { service, principal, region: region ?? world.region };
  }
  if (signature.kind === 'none') {
    const unsigned = byName.get(unsignedService(http) ?? '');
    if (unsigned !== undefined && http.trusted !== true)
      return refusedBy(unsigned, http, {
        ...unsigned.denied,
        message: 'Access Denied: an unsigned request comes through the proxy, or carries the secret of the run',
      });
    if (unsigned !== undefined) return { service: unsigned, principal: anonymous(world), region: world.region };
    const name = nameRequest(http);
    const plain = name.protocol === 'rest-json' && name.service === undefined;
    const service = byName.get(plain ? 's3' : (name.service ?? ''));
    if (service === undefined) return unserved(http, name, undefined);
    return refusedBy(service, http, { ...service.denied, message: 'Access Denied: the request is not signed' });
  }
  const principal = principals.find(signature.accessKeyId);
  const service = isServed(http, signature.service, world) ? byName.get(signature.service) : undefined;
  if (service === undefined) return unserved(http, nameRequest(http, signature.service), principal?.arn);
  if (principal === undefined) {
    const s3 = service.name === 's3';
    return refusedBy(service, http, {
      status: s3 ? 403 : 400,
      code: s3 ? 'InvalidAccessKeyId' : 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
  }
  return { service, principal, region: signature.region === '*' ? world.region : signature.region };
}

/** S3 Control signs as S3 does and is another service; parameters are there where the world names some. */
const isServed = ({ path }: HttpRequest, service: string, world: World) =>
  !path.startsWith('/v20180820/') && (service !== 'ssm' || world.parameters.size > 0);

/** A request that a service refuses before anything is asked of IAM. */
function refusedBy(service: Service, http: HttpRequest, failure: Failure): Found {
  const operation = operationOf(service, http) ?? requestLine(http);
  const name = { service: service.name, operation };
  return { name, principal: undefined, failure, reply: service.fail(failure, http), understood: true };
}

/** A request of a service that the sandbox does not have. */
function unserved(http: HttpRequest, name: RequestName, principal: string | undefined): Found {
  const service = name.service ?? 'unknown service';
  const failure = {
    status: 501,
    code: 'NotImplemented',
    message: `the sandbox does not serve \`${service}:${name.operation}\`, and knows nothing of what it needs`,
  };
  return {
    name: { service, operation: name.operation },
    principal,
    failure,
    reply: failIn(name.protocol, failure, http),
    understood: false,
  };
}

function operationOf(service: Service, http: HttpRequest): string | undefined {
  try {
    return service.identify(http).operation;
  } catch {
    return undefined;
  }
}

/** What there is to say of a request whose operation nobody knows. */
function requestLine({ method, path, query }: HttpRequest): string {
  const names = [...query.keys()].filter((name) => !/^x-(?:amz|id)/i.test(name));
  return `${method} ${path}${names.length === 0 ? '' : `?${names.join('&')}`}`;
}

/** Who shows the token of an identity provider has no identity policies. */
function anonymous(world: World): Principal {
  return {
    accessKeyId: '',
    account: world.account,
    kind: 'user',
    name: 'anonymous',
    arn: 'anonymous',
    principalArn: 'anonymous',
    userId: 'anonymous',
    decide: () => ({ decision: 'implicitDeny', statements: [] }),
    keys: [],
  };
}

async function serveFor(
  http: HttpRequest,
  setting: Setting,
  service: Service,
  principal: Principal,
  region: string,
): Promise<Reply> {
  const checks: CheckResult[] = [];
  let operation = requestLine(http);
  let understood = true;
  let error: string | undefined;
  let reply: Reply;
  const refuse = (failure: Failure): Reply => {
    error = failure.code;
    return service.fail(failure, http);
  };
  try {
    const identified = service.identify(http);
    operation = identified.operation;
    const rule = Object.hasOwn(service.rules, operation) ? service.rules[operation] : undefined;
    const run = Object.hasOwn(service.operations, operation) ? service.operations[operation] : undefined;
    if (rule === undefined || run === undefined)
      throw new ServiceError(
        'UnknownOperationException',
        `the sandbox does not know \`${service.name}:${operation}\``,
        501,
      );
    const odd = findUnknownMember(service.name, identified);
    if (odd !== undefined)
      throw new ServiceError(
        'NotImplemented',
        `the sandbox does not know \`${odd}\` of \`${service.name}:${operation}\``,
        501,
      );
    const call: Call = {
      service: service.name,
      operation,
      input: identified.input,
      region,
      principal,
      principals: setting.principals,
      world: worldIn(setting.world, region),
      http,
      allows(check) {
        const result = decideCheck(call, check, true);
        checks.push(result);
        return result.decision.decision === 'allowed';
      },
    };
    for (const check of rule.checks(call)) checks.push(decideCheck(call, check, false));
    const refused = checks.find(({ decision }) => decision.decision !== 'allowed');
    if (refused !== undefined) reply = refuse(refusalOf(service, call, refused));
    else if (setting.world.failing.has(`${service.name}:${operation}`))
      throw new ServiceError('InvalidRequest', 'the sandbox was told to fail this operation');
    else reply = await run(call);
  } catch (thrown) {
    const failure = failureOf(thrown);
    understood = !/^(?:NotImplemented|UnknownOperationException|UNSUPPORTED|InternalError)$/.test(failure.code);
    reply = refuse(failure);
  }
  if (error === undefined && reply.status >= 400) error = String(reply.status);
  setting.log.add({
    service: service.name,
    operation,
    principal: principal.arn,
    region,
    checks,
    status: reply.status,
    error,
    understood,
  });
  return reply;
}

function failureOf(thrown: unknown): Failure {
  if (thrown instanceof ServiceError) return { status: thrown.status, code: thrown.code, message: thrown.message };
  return { status: 500, code: 'InternalError', message: `the sandbox failed: ${String(thrown)}` };
}
