import type { SigningPrincipal } from '../principals/principals.js';
import { operationIn } from '../protocols/model.js';
import { services } from '../services/services.js';
import { worldIn, type World } from '../world/world.js';
import { decideCheck, refusalOf } from './authorize.js';
import { ServiceError, type Call, type Failure, type HttpRequest, type Identified, type Reply } from './call.js';
import type { CheckResult, LogEntry } from './log.js';
import { readSignature } from './signature.js';
import type { Service } from './service.js';
import type { ServerSetting } from './setting.js';
import { nameRequest, type RequestName } from './unserved/identify.js';
import { actionOf, refuseUnserved } from './unserved/refuse.js';

/** Who asks and of which service, or why that cannot be said. */
type Asker =
  | { readonly service: Service; readonly principal: SigningPrincipal; readonly region: string }
  | {
      readonly name: Pick<LogEntry, 'service' | 'operation'>;
      readonly principal: string | undefined;
      readonly failure: Failure;
      readonly reply: Reply;
      readonly understood: boolean;
      readonly checks?: readonly CheckResult[];
    };

/** Authorizes a request, serves it, and logs it. */
export async function serve(http: HttpRequest, setting: ServerSetting): Promise<Reply> {
  const found = find(http, setting);
  if ('failure' in found) {
    const { name, principal, failure, reply, understood, checks = [] } = found;
    const { region } = setting.world;
    setting.log.add({
      ...name,
      principal,
      region,
      checks,
      status: failure.status,
      error: failure.code,
      understood,
    });
    return reply;
  }
  return serveFor(http, setting, found.service, found.principal, found.region);
}

function find(http: HttpRequest, setting: ServerSetting): Asker {
  const { principals, world } = setting;
  for (const service of services) {
    const own = service.signIn?.(http, setting);
    if (own === undefined) continue;
    if ('failure' in own) return refusedBy(service, http, own.failure);
    return { service, principal: own.principal, region: own.region ?? world.region };
  }
  const signature = readSignature(http);
  if (signature === undefined) return findUnsigned(http, setting);
  const principal = principals.find(signature.accessKeyId);
  const service = services.find(
    ({ model, takes }) => model?.signing === signature.service && (takes?.(http, world) ?? true),
  );
  if (service === undefined) return unserved(nameRequest(http, signature.service), principal);
  // A protocol in which the operation stands in the address is one that no service here is served in.
  const instead = http.headers['smithy-protocol'];
  if (instead !== undefined)
    return unserved(nameRequest(http, signature.service), principal, ` in ${instead.slice(0, 40)}`);
  if (principal === undefined)
    return refusedBy(service, http, {
      ...(service.unknownKey ?? { status: 400, code: 'UnrecognizedClientException' }),
      message: 'The security token included in the request is invalid.',
    });
  return { service, principal, region: signature.region === '*' ? world.region : signature.region };
}

/** A request that nobody signed: where the service takes a token of somebody else instead, or to be refused by name. */
function findUnsigned(http: HttpRequest, { world }: ServerSetting): Asker {
  const unsigned = services.find((one) => one.unsigned?.includes(identifiedBy(one, http)?.operation ?? '') === true);
  if (unsigned !== undefined && http.trusted !== true)
    return refusedBy(unsigned, http, {
      ...unsigned.denied,
      message: 'Access Denied: an unsigned request comes through the proxy, or carries the secret of the run',
    });
  if (unsigned !== undefined) return { service: unsigned, principal: anonymous(world), region: world.region };
  const name = nameRequest(http);
  const plain = name.protocol === 'rest-json' && name.service === undefined;
  const service = services.find((one) => (plain ? one.anonymous === true : one.name === name.service));
  if (service === undefined) return unserved(name, undefined);
  return refusedBy(service, http, { ...service.denied, message: 'Access Denied: the request is not signed' });
}

/** A request that a service refuses before anything is asked of IAM. */
function refusedBy(service: Service, http: HttpRequest, failure: Failure): Asker {
  const operation = identifiedBy(service, http)?.operation ?? requestLine(http);
  const name = { service: service.name, operation };
  return { name, principal: undefined, failure, reply: service.fail(failure, http), understood: true };
}

/**
 * A request of a service that the sandbox does not have.
 * @param how in what protocol, where the sandbox has the service in another one
 */
function unserved(name: RequestName, principal: SigningPrincipal | undefined, how = ''): Asker {
  const service = name.service ?? 'unknown service';
  const named = { name: { service, operation: `${name.operation}${how}` }, principal: principal?.arn };
  const action = actionOf(service, name.operation, name.model);
  const refused =
    principal === undefined || action === undefined
      ? undefined
      : refuseUnserved(principal, action, name.denied ?? { status: 403, code: 'AccessDenied' });
  if (refused !== undefined) {
    const { failure, check } = refused;
    return { ...named, failure, reply: name.fail(failure), understood: false, checks: [check] };
  }
  const failure = {
    status: 501,
    code: 'NotImplemented',
    message: `the sandbox does not serve \`${service}:${name.operation}\`${how}, and knows nothing of what it needs`,
  };
  return { ...named, failure, reply: name.fail(failure), understood: false };
}

function identifiedBy(service: Service, http: HttpRequest): Identified | undefined {
  try {
    return service.identify(http);
  } catch {
    return undefined;
  }
}

/** A request whose body cannot be read, so that nobody knows what it asks for. */
export function refuseBroken(http: HttpRequest, failure: Failure, { log, world }: ServerSetting): Reply {
  const signature = readSignature(http);
  const name = nameRequest(http, signature?.service);
  const service = services.find(({ model }) => model !== undefined && model.signing === signature?.service);
  log.add({
    service: name.service ?? 'unknown service',
    operation: name.operation,
    principal: undefined,
    region: world.region,
    checks: [],
    status: failure.status,
    error: failure.code,
    understood: false,
  });
  return service?.fail(failure, http) ?? name.fail(failure);
}

/** What there is to say of a request whose operation nobody knows. */
function requestLine({ method, path, query }: HttpRequest): string {
  const names = [...query.keys()].filter((name) => !/^x-(?:amz|id)/i.test(name));
  return `${method} ${path}${names.length === 0 ? '' : `?${names.join('&')}`}`;
}

/** Who shows the token of an identity provider has no identity policies. */
function anonymous(world: World): SigningPrincipal {
  return {
    accessKeyId: '',
    account: world.account,
    kind: 'user',
    name: 'anonymous',
    arn: 'anonymous',
    principalArn: 'anonymous',
    userId: 'anonymous',
    decide: () => ({ decision: 'implicitDeny', statements: [] }),
    decideAnywhere: () => ({ decision: 'implicitDeny', statements: [] }),
    policies: [],
  };
}

async function serveFor(
  http: HttpRequest,
  setting: ServerSetting,
  service: Service,
  principal: SigningPrincipal,
  region: string,
): Promise<Reply> {
  const checks: CheckResult[] = [];
  let operation = requestLine(http);
  let understood = false;
  let error: string | undefined;
  let reply: Reply;
  const refuse = (failure: Failure): Reply => {
    error = failure.code;
    return service.fail(failure, http);
  };
  try {
    const identified = service.identify(http);
    operation = identified.operation;
    if (identified.failure !== undefined) throw identified.failure;
    understood = true;
    const rule = Object.hasOwn(service.rules, operation) ? service.rules[operation] : undefined;
    const run = Object.hasOwn(service.operations, operation) ? service.operations[operation] : undefined;
    if (rule === undefined || run === undefined) {
      const refused = refuseIfKnown(service, operation, principal);
      if (refused === undefined) throw unknownOperation(service, operation);
      checks.push(refused.check);
      // What else it needs is not known.
      understood = false;
      reply = refuse(refused.failure);
    } else {
      if (identified.odd !== undefined)
        throw new ServiceError(
          'NotImplemented',
          `the sandbox does not know \`${identified.odd}\` of \`${service.name}:${operation}\``,
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
      else {
        const answer = await run(call);
        reply = isRaw(answer) ? answer.raw : service.reply(operation, answer);
      }
    }
  } catch (thrown) {
    const failure = failureOf(thrown);
    understood &&= !/^(?:NotImplemented|UnknownOperationException|UNSUPPORTED|InternalError)$/.test(failure.code);
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

const isRaw = (answer: object): answer is { readonly raw: Reply } => 'raw' in answer;

/** An operation that the service has and the sandbox has not, or one that nobody knows. */
function unknownOperation({ name, model }: Service, operation: string): ServiceError {
  const known = model === undefined ? undefined : operationIn(model, operation);
  const text = known === undefined ? 'does not know' : 'does not serve';
  const code = model?.protocol.startsWith('json') === true ? 'UnknownOperationException' : 'NotImplemented';
  return new ServiceError(code, `the sandbox ${text} \`${name}:${operation}\``, 501);
}

function refuseIfKnown({ name, model, denied }: Service, operation: string, principal: SigningPrincipal) {
  const action = actionOf(name, operation, model === undefined ? undefined : operationIn(model, operation));
  return action === undefined ? undefined : refuseUnserved(principal, action, denied);
}

function failureOf(thrown: unknown): Failure {
  if (thrown instanceof ServiceError) return { status: thrown.status, code: thrown.code, message: thrown.message };
  return { status: 500, code: 'InternalError', message: `the sandbox failed: ${String(thrown)}` };
}
