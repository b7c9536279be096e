import type { Files } from '../files.js';
import type { NamedEvent } from '../match/names.js';
import type { SignFields } from '../match/source.js';
import { baseImages } from './base-images.js';
import { cdkApp } from './cdk-app.js';
import { ecspressoConfig } from './ecspresso.js';
import { pulumiProject } from './pulumi-project.js';
import { samConfig } from './sam-config.js';
import { serverlessService } from './serverless-service.js';
import { taskDefinition } from './task-definition.js';
import { terraformBackend } from './terraform-backend.js';
import { terragruntState } from './terragrunt-state.js';

/** How files that belong to an event are looked into, by the words that signs use. */
export const facts: Readonly<Record<string, (files: Files, event: NamedEvent) => SignFields | 'no' | undefined>> = {
  'base images': baseImages,
  'cdk app': cdkApp,
  'ecspresso config': ecspressoConfig,
  'pulumi project': pulumiProject,
  'sam config': samConfig,
  'serverless service': serverlessService,
  'task definition': taskDefinition,
  'terraform backend s3': terraformBackend,
  'terragrunt remote state': terragruntState,
};
