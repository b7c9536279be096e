import { defineRefused } from '../../cases.js';
import { defineTokens } from '../../tokens.js';
import { codepipelineTrust } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const pipeline = 'arn:aws:codepipeline:eu-west-1:123456789012:release-shop';

export const samples = defineTokens(codepipelineTrust, [
  {
    name: 'default',
    options: { pipelines: ['release-shop'], ...place },
    token: {
      principal: { Service: 'codepipeline.amazonaws.com' },
      context: { 'aws:SourceAccount': '123456789012', 'aws:SourceArn': pipeline },
    },
    honest: [{ why: 'the pipeline' }],
    hostile: [
      { change: { 'aws:SourceArn': pipeline.replace('shop', 'lab') }, why: 'another pipeline' },
      { change: { 'aws:SourceArn': `${pipeline}-2` }, why: 'a pipeline whose name begins alike' },
      {
        change: { 'aws:SourceArn': pipeline.replace('123456789012', '999999999999') },
        why: 'the name in another account',
      },
      { change: { 'aws:SourceArn': null }, why: 'CodePipeline that does not say for which pipeline' },
      { change: { 'aws:SourceAccount': '999999999999' }, why: 'CodePipeline, asked by another account' },
      { principal: { Service: 'codebuild.amazonaws.com' }, why: 'another service' },
    ],
    alike: [{ why: 'another action of the pipeline' }],
  },
]);

export const refused = defineRefused(codepipelineTrust, [
  { name: 'every pipeline', options: { pipelines: ['*'], ...place }, says: /^pipelines\[0\]: .*wildcard/ },
  {
    name: 'a stage',
    options: { pipelines: ['release-shop/Deploy'], ...place },
    says: /^pipelines\[0\]: .*here `release-shop`$/,
  },
  {
    name: 'another region',
    options: { pipelines: [pipeline], account: '123456789012', region: 'us-east-1' },
    says: /^pipelines\[0\]: .*make them agree$/,
  },
]);
