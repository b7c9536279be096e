import { account, rest, type Row, type ServiceRows } from '../row.js';

const distribution = `arn:aws:cloudfront::${account}:distribution/E1`;
const path = '/2020-05-31/distribution';
const batch =
  '<InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Paths><Quantity>1</Quantity><Items><Path>/*</Path></Items></Paths><CallerReference>a</CallerReference></InvalidationBatch>';

export const rows: readonly Row[] = [
  [
    'CreateInvalidation',
    rest('POST', `${path}/E1/invalidation`, {}, batch),
    [`cloudfront:CreateInvalidation ${distribution}`],
  ],
  ['GetInvalidation', rest('GET', `${path}/E1/invalidation/I1`), [`cloudfront:GetInvalidation ${distribution}`]],
  ['ListInvalidations', rest('GET', `${path}/E1/invalidation`), [`cloudfront:ListInvalidations ${distribution}`]],
  ['GetDistribution', rest('GET', `${path}/E1`), [`cloudfront:GetDistribution ${distribution}`]],
  ['ListDistributions', rest('GET', path), ['cloudfront:ListDistributions *']],
];

export const setUp: ServiceRows['setUp'] = ({ distributions }) => {
  distributions.set('E1', { id: 'E1', aliases: ['www.example.com'], invalidations: new Map() });
};
