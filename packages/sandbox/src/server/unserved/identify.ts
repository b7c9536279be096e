import { iamPrefixOf, partitions } from '@postern/core';
import { operationIn, type OperationModel } from '../../protocols/model.js';
import { protocols } from '../../protocols/protocols.js';
import { services } from '../../services/services.js';
import type { Failure, HttpRequest, Reply } from '../call.js';
import type { RefusalForm } from '../service.js';
import { failIn } from './fail.js';
import { modelsSigning, operationByAddress } from './models.js';

/** What a request asks of which service, as far as it says so. */
export interface RequestName {
  /** As IAM names the service; undefined where nothing tells it. */
  readonly service: string | undefined;
  /** As the API names it; else the method and path. */
  readonly operation: string;
  readonly protocol: string;
  readonly model?: OperationModel | undefined;
  readonly denied?: RefusalForm | undefined;
  /** An error that its client reads. */
  readonly fail: (failure: Failure) => Reply;
}

/**
 * Reads what a request is, by its signature, target, form and address, without knowing the service.
 * @param signedFor the service in the scope of the signature
 */
export function nameRequest(http: HttpRequest, signedFor?: string): RequestName {
  const signing = signedFor ?? serviceOfHost(http.host);
  const { service, operation, protocol, model } = readName(http, signing);
  const kin = services.find(({ kin: names = [] }) => names.includes(signing ?? ''));
  return {
    service,
    operation,
    protocol,
    model,
    denied: protocols[protocol]?.denied,
    fail: (failure) => (kin === undefined ? failIn(protocol, failure, http) : kin.fail(failure, http)),
  };
}

function readName(http: HttpRequest, signing: string | undefined): Omit<RequestName, 'fail'> {
  const { headers, method, path } = http;
  const service = signing === undefined ? undefined : iamPrefixOf(signing);
  const target = headers['x-amz-target'];
  // What a service has and does not serve here is known by its model all the same.
  const own = services.find(({ model }) => model?.signing === signing)?.model;
  const known = (operation: string) => (own === undefined ? undefined : operationIn(own, operation));
  if (target !== undefined) {
    const operation = target.slice(target.lastIndexOf('.') + 1);
    return {
      service: service ?? serviceOfTarget(target),
      operation,
      model: known(operation),
      protocol: headers['content-type']?.includes('json-1.0') === true ? 'json-1.0' : 'json-1.1',
    };
  }
  const smithy = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path);
  if (smithy !== null)
    return {
      service: service ?? smithy[1]?.toLowerCase(),
      operation: smithy[2]!,
      model: known(smithy[2]!),
      protocol: headers['smithy-protocol']?.includes('cbor') === true ? 'cbor' : 'json-1.1',
    };
  const action = actionOf(http);
  if (action !== undefined)
    return { service, operation: action, model: known(action), protocol: own?.protocol ?? 'query' };
  const named = signing === undefined ? undefined : operationByAddress(signing, http);
  if (named !== undefined)
    return {
      service: named.model.prefix,
      operation: named.operation,
      protocol: named.model.protocol,
      model: named.model.operations[named.operation],
    };
  const fromClient = /\bcommand[/#]([a-z0-9-]+)\.([a-z0-9-]+)/.exec(headers['user-agent'] ?? '')?.[2];
  const operation = fromClient === undefined ? `${method} ${path}` : pascalCase(fromClient);
  return { service, operation, protocol: modelsSigning(signing ?? '')[0]?.protocol ?? 'rest-json' };
}
function actionOf({ headers, body, query }: HttpRequest): string | undefined {
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const action = query.get('Action') ?? (form ? new URLSearchParams(body.toString('utf8')).get('Action') : null);
  return action !== null && /^[A-Za-z0-9]{1,100}$/.test(action) ? action : undefined;
}

const suffixes = [...new Set(Object.values(partitions).map(({ dnsSuffix }) => dnsSuffix)), 'api.aws'];
const region = /^[a-z]{2,5}(?:-[a-z]{2,10}){1,3}-\d{1,2}$/;

/** `SERVICE.REGION.SUFFIX` or the older `SERVICE-REGION.SUFFIX`, with a bucket, an account, `api` or `dualstack` before or between. */
export function serviceOfHost(host: string): string | undefined {
  const suffix = suffixes.find((one) => host.endsWith(`.${one}`));
  if (suffix === undefined) return undefined;
  const labels = host
    .slice(0, -suffix.length - 1)
    .split('.')
    .filter((label) => !region.test(label) && !/^(?:dualstack|fips)$/.test(label));
  return labels
    .at(-1)
    ?.replace(/^fips-|-fips$/, '')
    .replace(/-[a-z]{2,5}(?:-[a-z]{2,10}){1,3}-\d{1,2}$/, '');
}

/** `AmazonSSM.GetParameter`, `DynamoDB_20120810.GetItem`, `secretsmanager.GetSecretValue`. */
function serviceOfTarget(target: string): string | undefined {
  const prefix = target.slice(0, target.lastIndexOf('.'));
  const plain = prefix
    .split('.')
    .at(-1)!
    .replace(/_?V?\d{8}$/, '')
    .replace(/^(?:Amazon|AWS)/, '')
    .replace(/(?:Service)?(?:Version)?$/, '');
  return plain === '' ? undefined : iamPrefixOf(plain);
}

function pascalCase(words: string): string {
  return words.replace(/(?:^|-)([a-z0-9])/g, (_found, letter: string) => letter.toUpperCase());
}
