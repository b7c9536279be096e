import { ServiceError, type Call } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { newFunction, type LambdaFunction } from './state.js';

/** A function as a request names it. */
export interface NamedFunction {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** A version or an alias. */
  readonly qualifier: string | undefined;
}

const form =
  /^(?:arn:aws[a-z-]*:lambda:(?=[^:]+:[0-9]{12}:function:))?(?:(?<region>[a-z]{2,5}(?:-[a-z]+)+-[0-9]{1,2}):)?(?:(?<account>[0-9]{12}):)?(?:function:)?(?<name>[A-Za-z0-9._-]+)(?::(?<qualifier>\$LATEST|[A-Za-z0-9_-]+))?$/;

/**
 * Reads `NAME`, `NAME:QUALIFIER`, `ACCOUNT:function:NAME` or an ARN.
 * @throws {ServiceError} where it is none of them, or names two versions
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html#API_GetFunction_RequestSyntax
 */
export function readFunction(call: Call, named = String(call.input['FunctionName'] ?? '')): NamedFunction {
  const match = form.exec(named);
  if (match === null && named !== '')
    throw new ServiceError('ValidationException', `\`${named}\` at \`functionName\` is no name of a function`);
  const { name = named, account, region, qualifier } = match?.groups ?? {};
  const given = call.input['Qualifier'];
  if (typeof given === 'string' && qualifier !== undefined && given !== qualifier)
    throw new ServiceError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  return {
    name,
    account: account ?? call.principal.account,
    region: region ?? call.region,
    qualifier: typeof given === 'string' ? given : qualifier,
  };
}

/** The ARN of a function; with `qualified`, of the version or alias that the request names. */
export function functionArn(
  call: Call,
  { name, account, region, qualifier }: NamedFunction,
  qualified = false,
): string {
  const behind = qualified && qualifier !== undefined ? `:${qualifier}` : '';
  return arnOf(call.world, 'lambda', region, account, `function:${name}${behind}`);
}

const keyOf = ({ account, region, name }: NamedFunction) => `${account}/${region}/${name}`;

/** The function of a request; where the world takes what is named for existing, it is made. */
export function findFunction(call: Call, named = readFunction(call)): LambdaFunction | undefined {
  const { functions, assumeExisting } = call.world;
  const found = functions.get(keyOf(named));
  if (found !== undefined || !assumeExisting || named.name === '') return found;
  const role = arnOf(call.world, 'iam', '', named.account, `role/${named.name}`);
  const made = newFunction(named.name, role);
  functions.set(keyOf(named), made);
  return made;
}

/** @throws {ServiceError} where it does not exist */
export function requireFunction(call: Call, named = readFunction(call)): LambdaFunction {
  const found = findFunction(call, named);
  if (found === undefined)
    throw new ServiceError('ResourceNotFoundException', `Function not found: ${functionArn(call, named, true)}`, 404);
  return found;
}

export function addFunction(call: Call, one: LambdaFunction): void {
  call.world.functions.set(keyOf(readFunction(call, one.name)), one);
}

export function removeFunction(call: Call, named = readFunction(call)): void {
  call.world.functions.delete(keyOf(named));
}
