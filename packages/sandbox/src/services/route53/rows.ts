import { rest, type Row, type ServiceRows } from '../row.js';

const path = '/2013-04-01';
const zone = 'arn:aws:route53:::hostedzone/Z1';

export const rows: readonly Row[] = [
  ['GetHostedZone', rest('GET', `${path}/hostedzone/Z1`), [`route53:GetHostedZone ${zone}`]],
  ['GetHostedZone', rest('GET', `${path}/hostedzone/%2Fhostedzone%2FZ1`), [`route53:GetHostedZone ${zone}`]],
  [
    'ListHostedZonesByName',
    rest('GET', `${path}/hostedzonesbyname?dnsname=example.com`),
    ['route53:ListHostedZonesByName *'],
  ],
];

export const setUp: ServiceRows['setUp'] = ({ hostedZones }) => {
  hostedZones.set('Z1', { id: 'Z1', name: 'example.com.', vpcs: ['vpc-1'] });
};
