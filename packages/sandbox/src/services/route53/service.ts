import { ServiceError, type Call, type Operation, type OperationOutput, type Rule } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { defineService } from '../define.js';
import { described } from './described.js';
import { domainOf, sortKeyOf } from './domain.js';
import model from './model.json' with { type: 'json' };
import type { HostedZone } from './state.js';

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53.html';
const mostItems = 100;

/** Clients take away what Route 53 answers before the id, and so does this for those that do not. */
const idOf = (given: unknown) => String(given ?? '').replace(/^\/?hostedzone\//, '');

const rules: Readonly<Record<string, Rule>> = {
  GetHostedZone: {
    source: reference,
    checks: (call) => [
      {
        action: 'route53:GetHostedZone',
        // ARNs of hosted zones have neither a region nor an account.
        resource: arnOf(call.world, 'route53', '', '', `hostedzone/${idOf(call.input['Id'])}`),
      },
    ],
  },
  ListHostedZonesByName: {
    source: `${reference}: no resource type`,
    checks: () => [{ action: 'route53:ListHostedZonesByName', resource: '*' }],
  },
};

/** @throws {ServiceError} where it does not exist */
function requireZone({ world, input }: Call): HostedZone {
  const id = idOf(input['Id']);
  const found = world.hostedZones.get(id);
  if (found !== undefined) return found;
  if (!world.assumeExisting || id === '')
    throw new ServiceError('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, 404);
  // Its domain is not known: one that nobody has stands for it, and no list of zones has it.
  return { id, name: `${id.toLowerCase()}.example.`, vpcs: [] };
}

const describeZone = ({ id, name, vpcs }: HostedZone): OperationOutput => ({
  Id: `/hostedzone/${id}`,
  Name: name,
  CallerReference: id,
  Config: { PrivateZone: vpcs.length > 0 },
  ResourceRecordSetCount: 2,
});

/** How many a page may have. */
function pageSizeOf(given: unknown): number {
  if (given === undefined) return mostItems;
  if (!/^[1-9][0-9]{0,8}$/.test(String(given)))
    throw new ServiceError('InvalidInput', 'The value of maxitems must be a number, and at least 1.', 400);
  return Math.min(Number(given), mostItems);
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

const operations: Readonly<Record<string, Operation>> = {
  GetHostedZone: (call) => {
    const zone = requireZone(call);
    const VPCs = zone.vpcs.map((VPCId) => ({ VPCRegion: call.world.region, VPCId }));
    return { HostedZone: describeZone(zone), ...(VPCs.length === 0 ? {} : { VPCs }) };
  },
  ListHostedZonesByName: ({ world, input }) => {
    const { DNSName, HostedZoneId, MaxItems } = input;
    if (HostedZoneId !== undefined && DNSName === undefined)
      throw new ServiceError('InvalidInput', 'A request with hostedzoneid must have dnsname too.', 400);
    const size = pageSizeOf(MaxItems);
    const from = DNSName === undefined ? '' : sortKeyOf(domainOf(String(DNSName)));
    const fromId = idOf(HostedZoneId);
    const sorted = [...world.hostedZones.values()]
      .map((zone) => ({ zone, key: sortKeyOf(zone.name) }))
      .sort((one, other) => compare(one.key, other.key) || compare(one.zone.id, other.zone.id))
      .filter(({ zone, key }) => key > from || (key === from && zone.id >= fromId));
    const next = sorted[size]?.zone;
    return {
      HostedZones: sorted.slice(0, size).map(({ zone }) => describeZone(zone)),
      DNSName,
      HostedZoneId,
      IsTruncated: next !== undefined,
      ...(next === undefined ? {} : { NextDNSName: next.name, NextHostedZoneId: next.id }),
      MaxItems: size,
    };
  },
};

/** Route 53, as far as clients find a hosted zone by its domain, and the VPCs of a private one. */
export const route53 = defineService({ name: 'route53', model, rules, operations, described });
