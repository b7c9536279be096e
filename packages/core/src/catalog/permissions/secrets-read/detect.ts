import { defineDetection, flag, input, shows } from '../../../use-case/detection.js';

export const secretsReadDetection = defineDetection({
  signs: [
    shows('$ aws ssm get-parameter', { options: { parameters: flag('--name') }, sets: { call: 'get-parameter' } }),
    shows('$ aws ssm get-parameters', { options: { parameters: flag('--names') }, sets: { call: 'get-parameters' } }),
    shows('$ aws ssm get-parameters-by-path', {
      options: { parameterPaths: flag('--path'), recursive: flag('--recursive') },
    }),
    shows('$ aws ssm get-parameter-history', { options: { parameters: flag('--name') }, sets: { history: true } }),
    shows('$ aws secretsmanager get-secret-value', { options: { secrets: flag('--secret-id', 'secret') } }),
    shows('$ aws secretsmanager batch-get-secret-value', {
      options: { secrets: flag('--secret-id-list', 'secret') },
      sets: { batch: true },
    }),
    shows('uses aws-actions/aws-secretsmanager-get-secrets', {
      options: {
        secrets: input('secret-ids', 'secret'),
        region: input('secret-ids', 'region of arn'),
        account: input('secret-ids', 'account of arn'),
      },
    }),
    shows('uses dkershner6/aws-ssm-getparameters-action', {
      options: { parameters: input('parameterPairs', 'names of pairs') },
      sets: { call: 'get-parameters' },
    }),
    shows(['uses marvinpinto/action-inject-ssm-secrets'], { options: { parameters: input('ssm_parameter') } }),
    shows(
      [
        'uses bitovi/github-actions-aws-secrets-manager',
        'uses say8425/aws-secrets-manager-actions',
        'uses abhilash1in/aws-secrets-manager-action',
      ],
      {
        options: { secrets: input(['secrets', 'secret', 'SECRET_NAME', 'aws-secret-ids'], 'list') },
      },
    ),
    shows('task SecretsManagerGetSecret', {
      options: { secrets: input('secretIdOrName', 'secret'), region: input('regionName') },
    }),
    shows('task SystemsManagerGetParameter', {
      options: {
        parameters: input('parameterName'),
        parameterPaths: input('parameterPath'),
        recursive: input('recursive'),
        region: input('regionName'),
      },
    }),
    shows('buildspec parameter-store', {
      options: { parameters: input('parameters', 'list') },
      sets: { call: 'get-parameters' },
    }),
    shows('buildspec secrets-manager', {
      options: {
        secrets: input('secrets', 'secret'),
        region: input('secrets', 'region of arn'),
        account: input('secrets', 'account of arn'),
      },
    }),
    shows(['plugin seek-oss/aws-sm', 'plugin aws-sm'], {}),
    shows('plugin aws-ssm', { options: { parameters: input('parameters', 'list') } }),
  ],
});
