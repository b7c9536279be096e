import { ServiceError, type Call } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import type { Secret } from './state.js';

/** What AWS puts behind the name in an ARN. */
const ending = /-[A-Za-z0-9]{6}$/;

const nameIn = (arn: string) => arn.split(':').slice(6).join(':');

/** A secret by its name, its ARN, or its ARN without the six characters. */
export function findSecret(call: Call, named: string): Secret | undefined {
  const { secrets } = call.world;
  if (!named.startsWith('arn:')) return secrets.get(named);
  return [...secrets.values()].find(({ arn }) => arn === named || arn.replace(ending, '') === named);
}

/** @throws {ServiceError} where it is not there */
export function requireSecret(call: Call, named: string): Secret {
  const found = findSecret(call, named);
  if (found === undefined)
    throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  return found;
}

/**
 * The ARN of the secret that a request names. Of one that is not there nobody knows the six characters: IAM is asked for the
 * name with none of its own.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export function secretArn(call: Call, named: string): string {
  const found = findSecret(call, named);
  if (found !== undefined) return found.arn;
  const { world, region, principal } = call;
  if (named.startsWith('arn:')) return ending.test(nameIn(named)) ? named : `${named}-??????`;
  return arnOf(world, 'secretsmanager', region, principal.account, `secret:${named}-??????`);
}
