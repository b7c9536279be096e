import { queryProtocol, fieldsOf } from '../../protocols/query.js';
import { ServiceError, type Call, type Operation, type Rule } from '../../server/call.js';
import { defineService } from '../define.js';
import model from './model.json' with { type: 'json' };

const reference =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html';

const rules: Readonly<Record<string, Rule>> = Object.fromEntries(
  ['DescribeListeners', 'DescribeLoadBalancers', 'DescribeTags'].map((name) => [
    name,
    {
      source: `${reference}: no resource type`,
      checks: () => [{ action: `elasticloadbalancing:${name}`, resource: '*' }],
    } satisfies Rule,
  ]),
);

const listOf = ({ input }: Call, name: string): readonly string[] => (input[name] ?? []) as readonly string[];

/** @throws {ServiceError} where one that is named is not there */
function requireAll(named: readonly string[], found: ReadonlyMap<string, unknown>, code: string): void {
  const missing = named.find((arn) => !found.has(arn));
  if (missing !== undefined) throw new ServiceError(`${code}NotFound`, `'${missing}' not found`);
}

const operations: Readonly<Record<string, Operation>> = {
  DescribeLoadBalancers: (call) => {
    const { loadBalancers } = call.world;
    const [arns, named] = [listOf(call, 'LoadBalancerArns'), listOf(call, 'Names')];
    requireAll(arns, loadBalancers, 'LoadBalancer');
    const found = [...loadBalancers.values()].map(({ about }) => about);
    return {
      LoadBalancers: found.filter(
        ({ LoadBalancerArn, LoadBalancerName }) =>
          (arns.length === 0 || arns.includes(String(LoadBalancerArn))) &&
          (named.length === 0 || named.includes(String(LoadBalancerName))),
      ),
    };
  },
  DescribeListeners: (call) => {
    const arns = listOf(call, 'ListenerArns');
    const { LoadBalancerArn } = call.input;
    requireAll(arns, call.world.listeners, 'Listener');
    if (LoadBalancerArn !== undefined) requireAll([String(LoadBalancerArn)], call.world.loadBalancers, 'LoadBalancer');
    const found = [...call.world.listeners.values()].map(({ about }) => about);
    return {
      Listeners: found.filter(
        (one) =>
          (arns.length === 0 || arns.includes(String(one['ListenerArn']))) &&
          (LoadBalancerArn === undefined || one['LoadBalancerArn'] === LoadBalancerArn),
      ),
    };
  },
  DescribeTags: (call) => {
    const arns = listOf(call, 'ResourceArns');
    const all = new Map([...call.world.loadBalancers, ...call.world.listeners]);
    requireAll(arns, all, 'LoadBalancer');
    return {
      TagDescriptions: arns.map((ResourceArn) => ({
        ResourceArn,
        Tags: Object.entries(all.get(ResourceArn)!.tags).map(([Key, Value]) => ({ Key, Value })),
      })),
    };
  },
};

/** Elastic Load Balancing, as far as the CDK looks up load balancers and listeners. */
export const elasticloadbalancing = defineService({
  name: 'elasticloadbalancing',
  model,
  rules,
  operations,
  protocol: {
    ...queryProtocol,
    // Classic load balancers have operations of the same names, which only the version tells apart.
    name: (own, http) =>
      [null, own.version].includes(fieldsOf(http).get('Version')) ? queryProtocol.name(own, http) : undefined,
  },
});
