import { expect, test } from 'vitest';
import { detectFile } from '../src/index.js';
import { found } from './found.js';

const command = 'aws s3 sync dist s3://site-of-mine';

/** Texts that look like files of a system that is read. */
test.each([
  ['.travis.yml', 'Travis CI', `stages: [deploy]\nscript: ${command}\n`],
  ['appveyor.yml', 'AppVeyor', `stages: [a]\ndeploy: { script: ${command} }\n`],
  ['.drone.yml', 'Drone', `kind: pipeline\nsteps: [{ name: a, image: x, commands: [${command}] }]\n`],
  ['.woodpecker.yml', 'Woodpecker', `steps: [{ name: a, image: x, commands: [${command}] }]\n`],
  ['.cirrus.yml', 'Cirrus CI', `ship_task: { script: ${command} }\n`],
  ['bitrise.yml', 'Bitrise', `workflows: { a: { steps: [{ script: { inputs: [{ content: ${command} }] } }] } }\n`],
  ['codemagic.yaml', 'Codemagic', `workflows: { a: { scripts: [{ script: ${command} }] } }\n`],
  ['codefresh.yml', 'Codefresh', `stages: [a]\nsteps: { a: { commands: [${command}] } }\n`],
  ['codeship-steps.yml', 'CodeShip', `- { name: a, service: x, command: ${command} }\n`],
  ['cloudbuild.yaml', 'Google Cloud Build', `steps: [{ name: x, script: ${command} }]\n`],
])('%s is one of %s, and read as no other', (path, system, text) => {
  const { jobs, roles, read, unread } = found({ [path]: text }).whole;
  expect([jobs, roles, read, unread]).toEqual([
    [],
    [],
    [],
    [{ what: `is a file of ${system}, which postern does not know`, file: path }],
  ]);
  expect(detectFile(new Map([[path, text]]), path).read).toEqual([]);
  expect(found({ [`app/${path}`]: text }).whole).not.toHaveProperty('unread');
});

test.each([
  ['docker-compose.yml', 'version: "2.1"\nservices: { web: { image: x } }\n'],
  ['.goreleaser.yml', 'version: 2\nbuilds: [{ main: . }]\n'],
  ['.golangci.yml', 'version: "2"\nlinters: { default: none }\n'],
  ['.readthedocs.yaml', 'version: 2\nbuild: { jobs: { post_install: [x] } }\n'],
])('%s is no file of CircleCI because of its version', (path, text) => {
  expect(found({ [path]: text }).whole.read).toEqual([]);
});

test('a file of CircleCI is known by its version and jobs', () => {
  const text = `version: 2\njobs: { build: { docker: [{ image: x }], steps: [{ run: ${command} --delete }] } }\n`;
  expect(found({ 'ci.yml': text }).whole.roles.map(({ trust }) => trust.provider)).toEqual(['circleci']);
});
