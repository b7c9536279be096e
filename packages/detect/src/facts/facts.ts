import type { Files } from '../files.js';
import type { NamedEvent } from '../match/names.js';
import type { Fields } from '../match/source.js';
import { terraformBackend } from './terraform-backend.js';
import { terragruntState } from './terragrunt-state.js';

/** How files that belong to an event are looked into, by the words that signs use. */
export const facts: Readonly<Record<string, (files: Files, event: NamedEvent) => Fields | 'no' | undefined>> = {
  'terraform backend s3': terraformBackend,
  'terragrunt remote state': terragruntState,
};
