import type { Principal, Principals } from '../principals/principals.js';
import { services } from '../services/services.js';
import type { World } from '../world/world.js';
import { decideCheck, refusalOf } from './authorize.js';
import { ServiceError, type Call, type Failure, type HttpRequest, type Reply, type Service } from './call.js';
import { type CheckResult, type Log } from './log.js';
import { readSignature, unsignedService } from './route.js';

const byName = new Map(services.map((service) => [service.name, service]));
const fallback = byName.get('s3')!;

/** What serving needs to know of a sandbox. */
export interface Setting {
  readonly world: World;
  readonly principals: Principals;
  readonly log: Log;
  /** Told of a host other than AWS's that somebody tried to reach. */
  readonly onRefused: (host: string) => void;
}

/** Who asks and of which service, or why that cannot be said. */
type Found =
  | { readonly service: Service; readonly principal: Principal; readonly region: string }
  | { readonly service: Service; readonly failure: Failure };

/** Authorizes a request, serves it, and logs it. */
export async function serve(http: HttpRequest, setting: Setting): Promise<Reply> {
  const found = find(http, setting);
  if ('failure' in found) {
    setting.log.add({
      service: found.service.name,
      operation: 'unknown',
      principal: undefined,
      region: setting.world.region,
      checks: [],
      status: found.failure.status,
      error: found.failure.code,
    });
    return found.service.fail(found.failure, http);
  }
  return serveFor(http, setting, found.service, found.principal, found.region);
}

function find(http: HttpRequest, { principals, world }: Setting): Found {
  const signature = readSignature(http);
  if (signature.kind === 'registry') {
    const service = byName.get('registry')!;
    if (signature.password === undefined)
      return { service, failure: { status: 401, code: 'UNAUTHORIZED', message: 'Not Authorized' } };
    const principal = principals.find(world.registry.passwords.get(signature.password) ?? '');
    if (principal === undefined)
      return {
        service,
        failure: {
          status: 403,
          code: 'DENIED',
          message: 'Your authorization token has expired. Reauthenticate and try again.',
        },
      };
    const region = /\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(http.host)?.[1];
    return { service, principal, region: region ?? world.region };
  }
  if (signature.kind === 'none') {
    const unsigned = byName.get(unsignedService(http) ?? '');
    if (unsigned !== undefined) return { service: unsigned, principal: anonymous(world), region: world.region };
    const service = serviceByTarget(http) ?? fallback;
    return { service, failure: { ...service.denied, message: 'Access Denied: the request is not signed' } };
  }
  const service = byName.get(signature.service);
  if (service === undefined) {
    const shape = serviceByTarget(http) ?? fallback;
    return {
      service: shape,
      failure: {
        status: 501,
        code: 'NotImplemented',
        message: `the sandbox does not know the service \`${signature.service}\``,
      },
    };
  }
  const principal = principals.find(signature.accessKeyId);
  if (principal === undefined) {
    const code = service.name === 's3' ? 'InvalidAccessKeyId' : 'UnrecognizedClientException';
    return {
      service,
      failure: {
        status: service.name === 's3' ? 403 : 400,
        code,
        message: 'The security token included in the request is invalid.',
      },
    };
  }
  return { service, principal, region: signature.region === '*' ? world.region : signature.region };
}

/** The protocol an error should be worded in, where the service itself is not known. */
function serviceByTarget({ headers, body }: HttpRequest): Service | undefined {
  if ('x-amz-target' in headers) return byName.get('ecr');
  return body.includes('Action=') ? byName.get('sts') : undefined;
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
  let operation = 'unknown';
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
    const call: Call = {
      service: service.name,
      operation,
      input: identified.input,
      region,
      principal,
      principals: setting.principals,
      world: setting.world,
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
    reply = refuse(failureOf(thrown));
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
  });
  return reply;
}

function failureOf(thrown: unknown): Failure {
  if (thrown instanceof ServiceError) return { status: thrown.status, code: thrown.code, message: thrown.message };
  return { status: 500, code: 'InternalError', message: `the sandbox failed: ${String(thrown)}` };
}
