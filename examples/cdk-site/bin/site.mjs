import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';

const app = new App();
const stack = new Stack(app, 'Site', { env: { account: '111122223333', region: 'eu-west-1' } });
const bucket = new Bucket(stack, 'Pages');
new Distribution(stack, 'Distribution', {
  defaultRootObject: 'index.html',
  defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(bucket) },
});
