import { createHash } from 'node:crypto';
import type { Call } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { addStack, findStack, removeStack } from './stacks.js';
import type { Stack } from './state.js';
import { placeOfTemplate } from './source.js';
import { readValues } from './template.js';

const type = 'AWS::CloudFormation::Stack';

/** The nested stacks of a template, with where the template of each is. */
function nestedIn(template: string): { readonly name: string; readonly url: unknown }[] {
  return readValues(template)
    .resources.filter((resource) => resource.type === type)
    .map(({ name, properties }) => ({ name, url: properties['TemplateURL'] }));
}

/** Asks for one action on a nested stack, with the rights of who deploys its parent. */
const may = (call: Call, action: string, name: string) =>
  call.allows({
    action: `cloudformation:${action}`,
    resource: arnOf(call.world, 'cloudformation', call.region, call.principal.account, `stack/${name}/*`),
  });

function mayRead(call: Call, url: unknown): boolean {
  const place = typeof url === 'string' ? placeOfTemplate(url) : undefined;
  if (place === undefined) return true;
  const resource = `arn:${call.world.partition}:s3:::${place.bucket}/${place.key}`;
  return call.allows({ action: 's3:GetObject', resource });
}

/** As CloudFormation names a nested stack: after its parent and its logical id, with an end that nobody chose, here always the same. */
const madeUp = (parent: string, name: string) => {
  const end = createHash('sha256').update(`${parent}/${name}`).digest('hex').slice(0, 12).toUpperCase();
  return `${parent}-${name}-${end}`;
};

/**
 * Makes, changes and deletes the nested stacks of a stack without a role, which CloudFormation does with the rights of who asked.
 * @returns whether it was allowed
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 */
export function deployNested(call: Call, stack: Stack, template: string): boolean {
  const wanted = nestedIn(template);
  for (const { name, url } of wanted) {
    const present = stack.resources.get(name);
    const own = present ?? madeUp(stack.name, name);
    const action = present === undefined ? 'CreateStack' : 'UpdateStack';
    if (!mayRead(call, url) || !may(call, action, own) || !may(call, 'DescribeStacks', own)) return false;
    if (present === undefined) addStack(call, own, 'CREATE_COMPLETE');
    stack.resources.set(name, own);
  }
  const gone = nestedIn(stack.deployed?.template ?? '').filter(({ name }) => !wanted.some((one) => one.name === name));
  return gone.every(({ name }) => deleteOne(call, stack, name));
}

/** Deletes the nested stacks of a stack that is deleted. @returns whether it was allowed */
export function deleteNested(call: Call, stack: Stack): boolean {
  return nestedIn(stack.deployed?.template ?? '').every(({ name }) => deleteOne(call, stack, name));
}

function deleteOne(call: Call, stack: Stack, name: string): boolean {
  const own = stack.resources.get(name);
  if (own === undefined) return true;
  if (!may(call, 'DeleteStack', own)) return false;
  stack.resources.delete(name);
  const found = findStack(call, own);
  if (found !== undefined) removeStack(call, found);
  return true;
}
