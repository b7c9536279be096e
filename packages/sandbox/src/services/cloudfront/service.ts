import { randomBytes } from 'node:crypto';
import { ServiceError, type Call, type Operation, type OperationOutput, type Rule } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { defineService } from '../define.js';
import { described } from './described.js';
import model from './model.json' with { type: 'json' };
import type { Distribution, Invalidation } from './state.js';

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudfront.html';

/** CloudFront's ARNs have no region. */
const arn = (call: Call, id: string) =>
  arnOf(call.world, 'cloudfront', '', call.principal.account, `distribution/${id}`);

const idOf = (call: Call) => String(call.input['DistributionId'] ?? call.input['Id'] ?? '');

const onDistribution = (name: string, read: (call: Call) => string): Rule => ({
  source: reference,
  checks: (call) => [{ action: `cloudfront:${name}`, resource: arn(call, read(call)) }],
});

const rules: Readonly<Record<string, Rule>> = {
  CreateInvalidation: onDistribution('CreateInvalidation', idOf),
  GetInvalidation: onDistribution('GetInvalidation', idOf),
  ListInvalidations: onDistribution('ListInvalidations', idOf),
  GetDistribution: onDistribution('GetDistribution', idOf),
  ListDistributions: {
    source: `${reference}: no resource type`,
    checks: () => [{ action: 'cloudfront:ListDistributions', resource: '*' }],
  },
};

/** @throws {ServiceError} where it does not exist */
function requireDistribution(call: Call): Distribution {
  const { distributions, assumeExisting } = call.world;
  const id = idOf(call);
  const found = distributions.get(id);
  if (found !== undefined) return found;
  if (!assumeExisting) throw new ServiceError('NoSuchDistribution', 'The specified distribution does not exist.', 404);
  const made: Distribution = { id, aliases: [], invalidations: new Map() };
  distributions.set(id, made);
  return made;
}

/** An invalidation is complete at once. */
const describeInvalidation = ({ id, paths, reference: CallerReference, created }: Invalidation): OperationOutput => ({
  Id: id,
  Status: 'Completed',
  CreateTime: created,
  InvalidationBatch: { Paths: { Quantity: paths.length, Items: paths }, CallerReference },
});

function summarize(call: Call, { id, aliases }: Distribution): OperationOutput {
  return {
    Id: id,
    ARN: arn(call, id),
    Status: 'Deployed',
    LastModifiedTime: new Date(0),
    DomainName: `${id.toLowerCase()}.cloudfront.net`,
    Aliases: { Quantity: aliases.length, Items: aliases },
    Enabled: true,
    Comment: '',
    HttpVersion: 'http2',
    IsIPV6Enabled: true,
    PriceClass: 'PriceClass_All',
    WebACLId: '',
  };
}

interface Batch {
  readonly Paths?: { readonly Items?: readonly string[] };
  readonly CallerReference?: string;
}

const operations: Readonly<Record<string, Operation>> = {
  CreateInvalidation: (call) => {
    const distribution = requireDistribution(call);
    const { Paths, CallerReference = '' } = (call.input['InvalidationBatch'] ?? {}) as Batch;
    const paths = Paths?.Items ?? [];
    if (paths.length === 0 || CallerReference === '')
      throw new ServiceError('InvalidArgument', 'Your request must list paths, and have a caller reference.');
    const known = [...distribution.invalidations.values()].find(({ reference: one }) => one === CallerReference);
    const invalidation = known ?? {
      id: `I${randomBytes(7).toString('hex').toUpperCase()}`,
      paths,
      reference: CallerReference,
      created: new Date(),
    };
    distribution.invalidations.set(invalidation.id, invalidation);
    return {
      Location: `https://cloudfront.amazonaws.com${call.http.path}/${invalidation.id}`,
      Invalidation: describeInvalidation(invalidation),
    };
  },
  GetInvalidation: (call) => {
    const found = requireDistribution(call).invalidations.get(String(call.input['Id'] ?? ''));
    if (found === undefined)
      throw new ServiceError('NoSuchInvalidation', 'The specified invalidation does not exist.', 404);
    return { Invalidation: describeInvalidation(found) };
  },
  ListInvalidations: (call) => {
    const items = [...requireDistribution(call).invalidations.values()].map(({ id, created }) => ({
      Id: id,
      CreateTime: created,
      Status: 'Completed',
    }));
    return {
      InvalidationList: { Marker: '', MaxItems: 100, IsTruncated: false, Quantity: items.length, Items: items },
    };
  },
  GetDistribution: (call) => {
    const distribution = requireDistribution(call);
    const { Aliases, Enabled, Comment, ...about } = summarize(call, distribution);
    return {
      ETag: 'E0SANDBOX',
      Distribution: {
        Id: distribution.id,
        ARN: about['ARN'],
        Status: 'Deployed',
        LastModifiedTime: new Date(0),
        InProgressInvalidationBatches: 0,
        DomainName: about['DomainName'],
        DistributionConfig: { CallerReference: distribution.id, Aliases, Enabled, Comment },
      },
    };
  },
  ListDistributions: (call) => {
    const items = [...call.world.distributions.values()].map((one) => summarize(call, one));
    return {
      DistributionList: { Marker: '', MaxItems: 100, IsTruncated: false, Quantity: items.length, Items: items },
    };
  },
};

export const cloudfront = defineService({ name: 'cloudfront', model, rules, operations, described });
