import { ServiceError, type Call, type Operation, type Rule } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { defineService } from '../define.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html';

/** `/app/version` is `parameter/app/version`, and `version` is `parameter/version`. */
function arn(call: Call, named: string): string {
  if (named.startsWith('arn:')) return named;
  const plain = named.replace(/:.*$/, '').replace(/^\//, '');
  return arnOf(call.world, 'ssm', call.region, call.principal.account, `parameter/${plain}`);
}

const nameOf = (call: Call) => String(call.input['Name'] ?? '');
const namesOf = (call: Call) => (Array.isArray(call.input['Names']) ? call.input['Names'].map(String) : []);

const on = (name: string, resources: (call: Call) => readonly string[]): Rule => ({
  source: reference,
  checks: (call) => resources(call).map((resource) => ({ action: `ssm:${name}`, resource })),
});

const rules: Readonly<Record<string, Rule>> = {
  GetParameter: on('GetParameter', (call) => [arn(call, nameOf(call))]),
  GetParameters: on('GetParameters', (call) => namesOf(call).map((one) => arn(call, one))),
  GetParametersByPath: on('GetParametersByPath', (call) => [arn(call, String(call.input['Path'] ?? ''))]),
  PutParameter: on('PutParameter', (call) => [arn(call, nameOf(call))]),
};

function describe(call: Call, named: string): object | undefined {
  const name = named.startsWith('arn:') ? named.replace(/^.*?:parameter(?=\/)/, '') : named.replace(/:.*$/, '');
  const found = [name, name.replace(/^\//, '')].find((one) => call.world.parameters.has(one));
  if (found === undefined) return undefined;
  return {
    Name: found,
    Type: 'String',
    Value: call.world.parameters.get(found),
    Version: 1,
    ARN: arn(call, found),
    DataType: 'text',
  };
}

const operations: Readonly<Record<string, Operation>> = {
  GetParameter: (call) => {
    const parameter = describe(call, nameOf(call));
    if (parameter === undefined)
      throw new ServiceError('ParameterNotFound', `the world names no parameter \`${nameOf(call)}\``);
    return { Parameter: parameter };
  },
  GetParameters: (call) => ({
    Parameters: namesOf(call).flatMap((one) => describe(call, one) ?? []),
    InvalidParameters: namesOf(call).filter((one) => describe(call, one) === undefined),
  }),
  GetParametersByPath: (call) => {
    const path = String(call.input['Path'] ?? '').replace(/\/?$/, '/');
    const within = [...call.world.parameters.keys()].filter(
      (name) => name.startsWith(path) && (call.input['Recursive'] === true || !name.slice(path.length).includes('/')),
    );
    return { Parameters: within.map((name) => describe(call, name)) };
  },
  PutParameter: (call) => {
    if (call.world.parameters.has(nameOf(call)) && call.input['Overwrite'] !== true)
      throw new ServiceError('ParameterAlreadyExists', 'The parameter already exists.');
    call.world.parameters.set(nameOf(call), String(call.input['Value'] ?? ''));
    return { Version: 1, Tier: 'Standard' };
  },
};

/** Parameters of Systems Manager: only where the world names some, since no other value could be right. */
export const ssm = defineService({
  name: 'ssm',
  model,
  rules,
  operations,
  described,
  takes: (_http, world) => world.parameters.size > 0,
});
