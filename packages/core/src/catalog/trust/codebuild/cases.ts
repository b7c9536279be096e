import { defineRefused } from '../../cases.js';
import { defineTokens } from '../../tokens.js';
import { codebuildTrust } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const project = 'arn:aws:codebuild:eu-west-1:123456789012:project/build-shop';

export const samples = defineTokens(codebuildTrust, [
  {
    name: 'default',
    options: { projects: ['build-shop'], ...place },
    token: {
      principal: { Service: 'codebuild.amazonaws.com' },
      context: { 'aws:SourceAccount': '123456789012', 'aws:SourceArn': project },
    },
    honest: [{ why: 'a build of the project' }],
    hostile: [
      { change: { 'aws:SourceArn': project.replace('shop', 'lab') }, why: 'another project' },
      { change: { 'aws:SourceArn': `${project}-2` }, why: 'a project whose name begins alike' },
      { change: { 'aws:SourceArn': project.replace('eu-west-1', 'us-east-1') }, why: 'the name in another region' },
      {
        change: { 'aws:SourceArn': project.replace('123456789012', '999999999999') },
        why: 'the name in another account',
      },
      { change: { 'aws:SourceArn': null }, why: 'CodeBuild that does not say for which project' },
      { change: { 'aws:SourceAccount': '999999999999' }, why: 'CodeBuild, asked by another account' },
      { principal: { Service: 'codepipeline.amazonaws.com' }, why: 'another service' },
      { principal: { AWS: 'arn:aws:iam::123456789012:role/deploy' }, why: 'a role of the account' },
    ],
    alike: [{ why: 'a build of a pull request of the project' }],
  },
]);

export const refused = defineRefused(codebuildTrust, [
  { name: 'every project', options: { projects: ['*'], ...place }, says: /^projects\[0\]: .*wildcard/ },
  {
    name: 'a build',
    options: { projects: ['arn:aws:codebuild:eu-west-1:123456789012:build/build-shop:0a1b'], ...place },
    says: /^projects\[0\]: .*here `build-shop`$/,
  },
  {
    name: 'another account',
    options: { projects: [project], account: '999999999999', region: 'eu-west-1' },
    says: /^projects\[0\]: .*make them agree$/,
  },
  { name: 'no project', options: place, says: /^projects: missing: for example/ },
]);
