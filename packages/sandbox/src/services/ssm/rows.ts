import { account, json, region, type Row, type ServiceRows } from '../row.js';

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
    'PutParameter',
    json('PutParameter', { Name: '/app/version', Value: '2' }),
    [`ssm:PutParameter arn:aws:ssm:${region}:${account}:parameter/app/version`],
  ],
];

export const setUp: ServiceRows['setUp'] = ({ parameters }) => {
  parameters.set('/app/version', '1');
};
