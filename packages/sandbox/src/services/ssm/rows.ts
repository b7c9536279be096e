import { account, json, region, type Row, type ServiceRows } from '../row.js';

const arn = (name: string) => `arn:aws:ssm:${region}:${account}:parameter/${name}`;
const kmsKey = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-96ef-1234567890ab`;
const decrypt = (name: string) =>
  `kms:Decrypt ${kmsKey} kms:EncryptionContext:PARAMETER_ARN=${arn(name)} kms:ViaService=ssm.${region}.amazonaws.com`;

export const rows: readonly Row[] = [
  [
    'GetParameter',
    json('GetParameter', { Name: '/app/version' }),
    [`ssm:GetParameter arn:aws:ssm:${region}:${account}:parameter/app/version`],
  ],
  [
    'GetParameter',
    json('GetParameter', { Name: 'plain:2' }),
    [`ssm:GetParameter arn:aws:ssm:${region}:${account}:parameter/plain`],
  ],
  [
    'GetParameters',
    json('GetParameters', { Names: ['/app/a', `arn:aws:ssm:${region}:${account}:parameter/app/b`] }),
    ['a', 'b'].map((name) => `ssm:GetParameters arn:aws:ssm:${region}:${account}:parameter/app/${name}`),
  ],
  [
    'GetParametersByPath',
    json('GetParametersByPath', { Path: '/app' }),
    [`ssm:GetParametersByPath arn:aws:ssm:${region}:${account}:parameter/app`],
  ],
  [
    'GetParametersByPath',
    json('GetParametersByPath', { Path: '/app/', Recursive: true, WithDecryption: true }),
    [`ssm:GetParametersByPath ${arn('app')} ssm:Recursive=true`, decrypt('app/secret')],
  ],
  ['GetParameter', json('GetParameter', { Name: '/app/secret' }), [`ssm:GetParameter ${arn('app/secret')}`]],
  [
    'GetParameter',
    json('GetParameter', { Name: '/app/secret', WithDecryption: true }),
    [`ssm:GetParameter ${arn('app/secret')}`, decrypt('app/secret')],
  ],
  ['GetParameterHistory', json('GetParameterHistory', { Name: '/app/a' }), [`ssm:GetParameterHistory ${arn('app/a')}`]],
  ['DescribeParameters', json('DescribeParameters', {}), ['ssm:DescribeParameters *']],
  [
    'PutParameter',
    json('PutParameter', {
      Name: '/app/new',
      Value: '2',
      Type: 'SecureString',
      KeyId: kmsKey,
      Overwrite: true,
      Tags: [{ Key: 'a', Value: 'b' }],
    }),
    [
      `ssm:PutParameter ${arn('app/new')} ssm:Overwrite=true`,
      `ssm:AddTagsToResource ${arn('app/new')} aws:RequestTag/a=b`,
      `kms:Encrypt ${kmsKey} kms:EncryptionContext:PARAMETER_ARN=${arn('app/new')} kms:ViaService=ssm.${region}.amazonaws.com`,
    ],
  ],
  [
    'PutParameter',
    json('PutParameter', { Name: '/app/version', Value: '2' }),
    [`ssm:PutParameter arn:aws:ssm:${region}:${account}:parameter/app/version`],
  ],
];

export const setUp: ServiceRows['setUp'] = ({ parameters, parameterKeys }) => {
  parameters.set('/app/version', '1');
  parameters.set('/app/secret', '1');
  parameterKeys.clear();
  parameterKeys.set('/app/secret', kmsKey);
};
