import {
  belongs,
  defineDetection,
  flag,
  input,
  mayShow,
  shows,
  type ValueSource,
} from '../../../use-case/detection.js';

const functions: ValueSource = flag('--function-name', 'name of function');
const bucket = { bucket: flag('--s3-bucket'), keys: flag('--s3-key') };

export const lambdaCodeDeployDetection = defineDetection({
  signs: [
    shows('$ aws lambda update-function-code', {
      when: { has: flag('--s3-bucket') },
      options: { functions, ...bucket, publish: flag('--publish') },
      means: { operations: 'lambda:UpdateFunctionCode' },
      sets: { client: 'aws-cli', package: 's3' },
      switches: ['--publish', '--no-publish', '--dry-run'],
    }),
    shows('$ aws lambda update-function-code', {
      when: { has: flag('--image-uri') },
      options: { functions, repositories: flag('--image-uri', 'repository of image'), publish: flag('--publish') },
      means: { operations: 'lambda:UpdateFunctionCode' },
      sets: { client: 'aws-cli', package: 'image' },
      switches: ['--publish', '--no-publish', '--dry-run'],
    }),
    shows('$ aws lambda update-function-code', {
      when: { not: { any: [{ has: flag('--s3-bucket') }, { has: flag('--image-uri') }] } },
      options: { functions, publish: flag('--publish') },
      means: { operations: 'lambda:UpdateFunctionCode' },
      sets: { client: 'aws-cli', package: 'zip' },
      switches: ['--publish', '--no-publish', '--dry-run'],
    }),
    shows('$ aws lambda update-function-configuration', {
      options: { functions, passRoles: flag('--role') },
      means: { operations: 'lambda:UpdateFunctionConfiguration' },
      sets: { client: 'aws-cli', updateConfiguration: true },
    }),
    shows('$ aws lambda create-function', {
      options: { functions, passRoles: flag('--role') },
      means: { operations: 'lambda:CreateFunction' },
      sets: { client: 'aws-cli', createFunction: true },
    }),
    shows('$ aws lambda publish-version', {
      options: { functions },
      sets: { client: 'aws-cli', publish: true },
      means: { operations: 'lambda:PublishVersion' },
    }),
    shows('$ aws lambda update-alias', {
      options: { functions },
      sets: { client: 'aws-cli', moveAliases: true },
      means: { operations: 'lambda:UpdateAlias' },
    }),
    shows('$ aws lambda get-alias', {
      options: { functions },
      sets: { client: 'aws-cli', moveAliases: true },
      means: { operations: 'lambda:GetAlias' },
    }),
    shows('$ aws lambda create-alias', {
      options: { functions },
      sets: { client: 'aws-cli', createAliases: true },
      means: { operations: 'lambda:CreateAlias' },
    }),
    belongs(
      [
        '$ aws lambda wait function-updated',
        '$ aws lambda wait function-active',
        '$ aws lambda wait published-version-active',
      ],
      { options: { functions }, sets: { waiter: 'v1' } },
    ),
    belongs(['$ aws lambda wait function-updated-v2', '$ aws lambda wait function-active-v2'], {
      options: { functions },
      sets: { waiter: 'v2' },
    }),
    belongs('$ aws lambda invoke', {
      options: { functions, aliases: flag('--qualifier') },
      sets: { invoke: true },
      means: { operations: 'lambda:InvokeFunction' },
    }),
    shows('uses aws-actions/aws-lambda-deploy', {
      options: {
        functions: input('function-name'),
        bucket: input('s3-bucket'),
        keys: input('s3-key'),
        publish: input('publish'),
        passRoles: input('role'),
      },
      sets: { client: 'aws-actions' },
    }),
    shows('uses appleboy/lambda-action', {
      options: {
        functions: input('function_name'),
        region: input('aws_region'),
        bucket: input('s3_bucket'),
        keys: input('s3_key'),
        passRoles: input('role'),
      },
      sets: { client: 'appleboy' },
    }),
    mayShow('$ aws lambda publish-layer-version', {
      tells: { layer: flag('--layer-name') },
      means: { operations: 'lambda:PublishLayerVersion' },
      lacks: ', since lambda-code-deploy publishes no layers',
    }),
    belongs(['$ aws lambda get-function', '$ aws lambda get-function-configuration'], { options: { functions } }),
    shows('uses appleboy/drone-lambda', {
      options: { functions: input('function_name'), bucket: input('s3_bucket'), region: input('aws_region') },
      sets: { client: 'appleboy' },
    }),
    shows(['uses mariamrf/py-lambda-action', 'uses int128/deploy-lambda-action'], {
      options: { functions: input(['lambda_function_name', 'function-name']) },
    }),
    shows('uses kazimanzurrashid/aws-lambda-update-action', {
      options: {
        functions: input('lambda-name', 'name of function'),
        region: input('AWS_REGION'),
        publish: input('publish'),
      },
    }),
    shows('pipe atlassian/aws-lambda-deploy', {
      options: { functions: input('FUNCTION_NAME'), region: input('AWS_DEFAULT_REGION'), bucket: input('S3_BUCKET') },
    }),
    shows('task LambdaNETCoreDeploy', {
      when: { not: { has: input('command'), is: ['deployServerless'] } },
      options: { functions: input('functionName'), region: input('regionName'), passRoles: input('functionRole') },
    }),
    shows('task LambdaDeployFunction', {
      options: {
        functions: input('functionName'),
        region: input('regionName'),
        bucket: input('s3Bucket'),
        passRoles: input('roleARN'),
      },
    }),
    shows(['jenkins deployLambda', 'jenkins lambdaUpload'], { options: { functions: input('functionName') } }),
  ],
});
