import type { ProofPlan } from '../../scenario.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const keyId = '1234abcd-12ab-34cd-96ef-1234567890ab';
const parameters = { ...place, parameters: ['/app/token', 'plain'] };
const paths = { ...place, parameterPaths: ['/app/production'] };
const secrets = { ...place, secrets: ['app/token', 'npm'] };
const prefixes = { ...place, secretPrefixes: ['app/production/'] };
const key = { kmsKeys: [keyId] };
const elsewhere = 'arn:aws:secretsmanager:us-east-1:210987654321:secret:shared-MnOpQr';

/** Each switch by itself, each with a key of one's own, and all together; what is elsewhere, and another partition. */
export const cells: ProofPlan['cells'] = [
  { name: 'parameters', options: parameters },
  { name: 'parameters get-parameters', options: { ...parameters, call: 'get-parameters' } },
  { name: 'parameters all', options: { ...parameters, call: 'both', history: true, listParameters: true } },
  { name: 'parameters key', options: { ...parameters, call: 'both', ...key } },
  { name: 'path', options: paths },
  { name: 'path key', options: { ...paths, ...key } },
  { name: 'path recursive', options: { ...paths, recursive: true } },
  { name: 'secrets', options: secrets },
  { name: 'secrets batch', options: { ...secrets, batch: true } },
  { name: 'secrets list', options: { ...secrets, listSecrets: true } },
  { name: 'secrets describe', options: { ...secrets, describeSecrets: true } },
  { name: 'secrets stages', options: { ...secrets, versionStages: ['AWSPREVIOUS'] } },
  { name: 'secrets ids', options: { ...secrets, versionIds: true } },
  { name: 'secrets key', options: { ...secrets, ...key } },
  { name: 'prefix', options: prefixes },
  { name: 'prefix all', options: { ...prefixes, batch: true, describeSecrets: true, versionIds: true } },
  { name: 'prefix key', options: { ...prefixes, ...key } },
  {
    name: 'all',
    options: {
      ...parameters,
      ...paths,
      ...secrets,
      ...prefixes,
      call: 'both',
      history: true,
      recursive: true,
      listParameters: true,
      batch: true,
      describeSecrets: true,
      versionStages: ['AWSCURRENT', 'AWSPREVIOUS'],
      versionIds: true,
      ...key,
    },
  },
  {
    name: 'elsewhere',
    options: {
      ...place,
      parameters: ['/app/token', 'arn:aws:ssm:eu-west-1:210987654321:parameter/shared/token'],
      secrets: ['npm', elsewhere],
    },
  },
  {
    name: 'another partition',
    options: { ...parameters, ...secrets, ...key, region: 'cn-north-1' },
  },
];
