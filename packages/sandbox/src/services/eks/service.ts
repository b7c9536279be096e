import { ServiceError, type Call, type Operation, type Rule } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { defineService } from '../define.js';
import model from './model.json' with { type: 'json' };

const reference =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html';

const nameOf = ({ input }: Call) => String(input['name'] ?? '');
const clusterArn = (call: Call) =>
  arnOf(call.world, 'eks', call.region, call.principal.account, `cluster/${nameOf(call)}`);

const rules: Readonly<Record<string, Rule>> = {
  DescribeCluster: {
    source: reference,
    checks: (call) => [{ action: 'eks:DescribeCluster', resource: clusterArn(call) }],
  },
  ListClusters: {
    source: `${reference}: no resource type`,
    checks: () => [{ action: 'eks:ListClusters', resource: '*' }],
  },
};

const operations: Readonly<Record<string, Operation>> = {
  DescribeCluster: (call) => {
    const name = nameOf(call);
    if (!call.world.kubernetesClusters.has(name) && !call.world.assumeExisting)
      throw new ServiceError('ResourceNotFoundException', `No cluster found for name: ${name}.`, 404);
    return {
      cluster: {
        name,
        arn: clusterArn(call),
        status: 'ACTIVE',
        version: '1.34',
        // Nobody answers there: what Kubernetes allows is no matter of IAM.
        endpoint: `https://0123456789abcdef.gr7.${call.region}.eks.${call.world.dnsSuffix}`,
        certificateAuthority: { data: Buffer.from('no certificate').toString('base64') },
        accessConfig: { authenticationMode: 'API' },
      },
    };
  },
  ListClusters: (call) => ({ clusters: [...call.world.kubernetesClusters] }),
};

/** EKS, as far as clients ask it where a cluster is. */
export const eks = defineService({ name: 'eks', model, rules, operations });
