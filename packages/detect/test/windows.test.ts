import { expect, test } from 'vitest';
import { found } from './found.js';

const steps = (shell: string, lines: readonly string[]) =>
  `on: push\njobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - shell: ${shell}\n        run: |\n${lines.map((line) => `          ${line}\n`).join('')}`;

test('the variables of cmd are set and named in their own way', () => {
  const text = steps('cmd', [
    '@echo off',
    'set "FN=resize-photos"',
    'set BUCKET="parts-of-mine"',
    'call aws lambda update-function-code ^',
    '  --function-name %FN% --zip-file fileb://out\\code.zip',
    'aws s3 cp site\\index.html s3://%BUCKET%/index.html',
  ]);
  const { jobs } = found({ '.github/workflows/a.yml': text });
  expect(jobs).toContain('lambda-code-deploy client=aws-cli functions=resize-photos package=zip ?account ?region @11');
  expect(jobs.join('\n')).toContain('parts-of-mine');
});

test('the variables of PowerShell are set and named in their own way', () => {
  const text = steps('pwsh', [
    "$env:AWS_REGION = 'eu-north-1'",
    '$name = "resize-photos"',
    'aws lambda update-function-code `',
    '  --function-name $name --zip-file fileb://out.zip',
    'aws lambda update-function-code --function-name "$($env:OTHER)-x" --zip-file fileb://out.zip',
    '$key = aws ssm get-parameter --name /app/key --query Parameter.Value',
  ]);
  expect(found({ '.github/workflows/a.yml': text }).jobs).toEqual([
    'lambda-code-deploy client=aws-cli functions=resize-photos|*-x package=zip region=eu-north-1 ?account ?functions @10,12',
    'secrets-read call=get-parameter parameters=/app/key region=eu-north-1 ?account @13',
  ]);
});

test('a runner of Windows has PowerShell where no shell is named, and what is named holds', () => {
  const text = (shell: string) =>
    `on: push\njobs:\n  a:\n    runs-on: windows-2022\n    env: { FN: resize-photos }\n    steps:\n      - ${shell}run: aws lambda update-function-code --function-name $env:FN --zip-file fileb://out.zip\n`;
  const jobs = (shell: string) => found({ '.github/workflows/a.yml': text(shell) }).jobs;
  expect(jobs('')).toEqual([
    'lambda-code-deploy client=aws-cli functions=resize-photos package=zip ?account ?region @7',
  ]);
  expect(jobs('shell: bash\n        ').join()).not.toContain('resize-photos');
});

test('Jenkins and Azure Pipelines run them too', () => {
  const jenkins = `pipeline {\n  agent any\n  environment { FN_NAME = 'resize-photos' }\n  stages { stage('a') { steps {\n    bat 'aws lambda update-function-code --function-name %FN_NAME% --zip-file fileb://out.zip'\n    powershell 'aws ssm get-parameter --name /app/$env:FN_NAME'\n  } } }\n}\n`;
  expect(found({ Jenkinsfile: jenkins }).jobs).toEqual([
    'lambda-code-deploy client=aws-cli functions=resize-photos package=zip ?account ?region @5',
    'secrets-read call=get-parameter parameters=/app/resize-photos ?account ?region @6',
  ]);
  const azure = `pool: { vmImage: windows-latest }\nvariables: { FN_NAME: resize-photos }\nsteps:\n  - script: |\n      aws lambda update-function-code ^\n        --function-name %FN_NAME% --zip-file fileb://out.zip\n  - pwsh: aws ssm get-parameter --name /app/$env:FN_NAME\n`;
  expect(found({ 'azure-pipelines.yml': azure }).jobs).toEqual([
    'lambda-code-deploy client=aws-cli functions=resize-photos package=zip ?account ?region @5',
    'secrets-read call=get-parameter parameters=/app/resize-photos ?account ?region @7',
  ]);
});

test('dates written with percent signs are no variables of cmd', () => {
  const azure = `steps:\n  - script: |\n      TAG=$(date +%Y%m%d%H%M%S)\n      aws s3 cp out.zip s3://parts-of-mine/$TAG.zip\n`;
  expect(found({ 'azure-pipelines.yml': azure }).jobs).toEqual([
    's3-build-cache access=read-write bucket=parts-of-mine client=aws-cli ?prefixes ?region @4',
  ]);
});

test('patterns of CircleCI are told with stars', () => {
  const text = (only: string) =>
    `version: 2.1\njobs:\n  a:\n    docker: [{ image: x }]\n    steps:\n      - run: aws s3 sync site s3://site-of-mine --delete\nworkflows: { w: { jobs: [{ a: { context: aws, filters: { branches: { only: ${only} } } } }] } }\n`;
  const branches = (only: string) =>
    found({ '.circleci/config.yml': text(only) }).whole.roles.map(({ trust }) => trust.options['branches']);
  expect(branches('[main, /^release\\/.*/]')).toEqual([['main', 'release/*']]);
  expect(branches("'/^v\\d+\\.[0-9].*$/'")).toEqual([['v*.*']]);
  expect(branches("'/^(a|b)$/'")).toEqual([undefined]);
  expect(branches('main')).toEqual([['main']]);
});

test('what stands in blocks of PowerShell is read, and scripts for it are followed', () => {
  const script = [
    'param(',
    '  [string]$Stage = "dev"',
    ')',
    'if ($LASTEXITCODE -ne 0) {',
    '  exit 1',
    '}',
    'foreach ($name in @("one", "two")) {',
    '  aws lambda update-function-code --function-name resize-photos --zip-file fileb://out.zip',
    '}',
    "& aws ssm get-parameter --name '/app/key'",
  ].join('\n');
  const wanted = (lines: string) => [
    `lambda-code-deploy client=aws-cli functions=resize-photos package=zip ?account ?region @${lines}`,
    `secrets-read call=get-parameter parameters=/app/key ?account ?region @${lines.replace('8', '10')}`,
  ];
  for (const command of ['.\\ci\\ship.ps1 -Stage live', 'pwsh -NoProfile -ExecutionPolicy Bypass -File ci/ship.ps1'])
    expect(found({ '.github/workflows/a.yml': steps('pwsh', [command]), 'ci/ship.ps1': script }).jobs).toEqual(
      wanted('8,8'),
    );
});

test('the files that tasks of Azure Pipelines run are followed', () => {
  const task = (name: string, inputs: string) => `steps:\n  - task: ${name}\n    inputs: { ${inputs} }\n`;
  const jobs = (name: string, inputs: string) =>
    found({
      'azure-pipelines.yml': task(name, inputs),
      'ci/ship.sh': 'aws ssm get-parameter --name /app/$1\n',
      'ci/ship.ps1': 'aws ssm get-parameter --name /app/key\n',
    });
  const wanted = 'secrets-read call=get-parameter parameters=/app/key ?account ?region @1,2';
  for (const [name, inputs] of [
    ['Bash@3', 'filePath: ci/ship.sh, arguments: key'],
    ['Bash@3', 'targetType: filePath, filePath: $(Build.SourcesDirectory)/ci/ship.sh, arguments: key'],
    ['ShellScript@2', 'scriptPath: ci/ship.sh, args: key'],
    ['AWSShellScript@1', 'scriptType: filePath, filePath: ci/ship.sh, arguments: key'],
    ['PowerShell@2', 'filePath: ci/ship.ps1'],
  ] as const)
    expect([name, jobs(name, inputs).jobs, jobs(name, inputs).notCovered]).toEqual([name, [wanted], []]);
  expect(jobs('Bash@3', 'targetType: inline, filePath: ci/ship.sh, script: echo').jobs).toEqual([]);
});
