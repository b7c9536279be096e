import { account, region, rest, type Row, type ServiceRows } from '../row.js';
import { newFunction } from './state.js';

const one = `arn:aws:lambda:${region}:${account}:function:app`;
const role = `arn:aws:iam::${account}:role/app`;
const other = `arn:aws:iam::${account}:role/other`;
const layer = `arn:aws:lambda:${region}:${account}:layer:shared:3`;
const code = { S3Bucket: 'packages', S3Key: 'app.zip' };
const functions = '/2015-03-31/functions';
const passed = (passedRole: string) => `iam:PassRole ${passedRole} iam:PassedToService=lambda.amazonaws.com`;
const send = (method: string, path: string, body?: object) =>
  rest(method, path, {}, body === undefined ? undefined : JSON.stringify(body));

export const rows: readonly Row[] = [
  [
    'CreateFunction',
    send('POST', functions, { FunctionName: 'new', Role: role, Code: code, Layers: [layer], Tags: { team: 'web' } }),
    [
      `lambda:CreateFunction ${one.replace(/app$/, 'new')} aws:RequestTag/team=web lambda:Layer=${layer}`,
      passed(role),
      's3:GetObject arn:aws:s3:::packages/app.zip',
      `lambda:GetLayerVersion ${layer}`,
      `lambda:TagResource ${one.replace(/app$/, 'new')} aws:TagKeys=team`,
    ],
  ],
  [
    'UpdateFunctionCode',
    send('PUT', `${functions}/app/code`, { ZipFile: 'UEs=' }),
    [`lambda:UpdateFunctionCode ${one}`],
  ],
  [
    'UpdateFunctionCode',
    send('PUT', `${functions}/app/code`, { ...code, S3ObjectVersion: '1', Publish: true }),
    [`lambda:UpdateFunctionCode ${one}`, 's3:GetObjectVersion arn:aws:s3:::packages/app.zip'],
  ],
  [
    'UpdateFunctionCode',
    send('PUT', `${functions}/${encodeURIComponent(one)}/code`, {
      ImageUri: `${account}.dkr.ecr.${region}.amazonaws.com/team/app:1`,
    }),
    [
      `lambda:UpdateFunctionCode ${one}`,
      `ecr:BatchGetImage arn:aws:ecr:${region}:${account}:repository/team/app`,
      `ecr:GetDownloadUrlForLayer arn:aws:ecr:${region}:${account}:repository/team/app`,
    ],
  ],
  [
    'UpdateFunctionConfiguration',
    send('PUT', `${functions}/app/configuration`, { MemorySize: 256, Role: role }),
    [`lambda:UpdateFunctionConfiguration ${one}`],
  ],
  [
    'UpdateFunctionConfiguration',
    send('PUT', `${functions}/app/configuration`, { Role: other, Layers: [layer] }),
    [
      `lambda:UpdateFunctionConfiguration ${one} lambda:Layer=${layer}`,
      passed(other),
      `lambda:GetLayerVersion ${layer}`,
    ],
  ],
  ['GetFunction', send('GET', `${functions}/app`), [`lambda:GetFunction ${one}`]],
  ['GetFunction', send('GET', `${functions}/app?Qualifier=live`), [`lambda:GetFunction ${one}:live`]],
  ['GetFunction', send('GET', `${functions}/${account}%3Afunction%3Aapp%3Alive`), [`lambda:GetFunction ${one}:live`]],
  [
    'GetFunctionConfiguration',
    send('GET', `${functions}/app/configuration`),
    [`lambda:GetFunctionConfiguration ${one}`],
  ],
  ['Invoke', send('POST', `${functions}/app/invocations?Qualifier=1`, {}), [`lambda:InvokeFunction ${one}:1`]],
  ['PublishVersion', send('POST', `${functions}/app/versions`, {}), [`lambda:PublishVersion ${one}`]],
  ['ListVersionsByFunction', send('GET', `${functions}/app/versions`), [`lambda:ListVersionsByFunction ${one}`]],
  ['DeleteFunction', send('DELETE', `${functions}/app`), [`lambda:DeleteFunction ${one}`]],
  [
    'CreateAlias',
    send('POST', `${functions}/app/aliases`, { Name: 'blue', FunctionVersion: '1' }),
    [`lambda:CreateAlias ${one}`],
  ],
  [
    'UpdateAlias',
    send('PUT', `${functions}/app/aliases/live`, { FunctionVersion: '1' }),
    [`lambda:UpdateAlias ${one}`],
  ],
  ['GetAlias', send('GET', `${functions}/app/aliases/live`), [`lambda:GetAlias ${one}`]],
  ['ListAliases', send('GET', `${functions}/app/aliases`), [`lambda:ListAliases ${one}`]],
  [
    'TagResource',
    send('POST', `/2017-03-31/tags/${encodeURIComponent(one)}`, { Tags: { team: 'web' } }),
    [`lambda:TagResource ${one} aws:RequestTag/team=web`],
  ],
  [
    'UntagResource',
    send('DELETE', `/2017-03-31/tags/${encodeURIComponent(one)}?tagKeys=team`),
    [`lambda:UntagResource ${one} aws:TagKeys=team`],
  ],
  ['ListTags', send('GET', `/2017-03-31/tags/${encodeURIComponent(one)}`), [`lambda:ListTags ${one}`]],
];

export const setUp: ServiceRows['setUp'] = (world) => {
  const made = newFunction('app', role);
  made.versions.push({ codeSha256: 'code', revision: 0 });
  made.aliases.set('live', { name: 'live', version: '1', description: '' });
  world.functions.set(`${account}/${region}/app`, made);
  world.functions.delete(`${account}/${region}/new`);
};

/** With a qualifier, the version or alias is what IAM is asked about. */
export const ofAnotherType = [`lambda:GetFunction ${one}:live`, `lambda:InvokeFunction ${one}:1`];
