import type { ContextValue } from '@postern/core';
import { unresolved } from '../services/kms/key-names.js';
import type { LogEntry } from '../server/log.js';

/** One thing that a program asked of IAM, in the form in which a policy should give it. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  /** The condition keys that are worth a fence. */
  readonly fences: Readonly<Record<string, ContextValue>>;
  /** The whole context, to check a policy with. */
  readonly context: Readonly<Record<string, ContextValue>>;
  /** Every context that it was asked with, the first one among them. */
  readonly contexts: readonly Readonly<Record<string, ContextValue>>[];
}

/** Condition keys that say whom a permission is for: a least policy names their values. */
const fencing = new Set([
  'iam:PassedToService',
  'dynamodb:LeadingKeys',
  'ecs:CreateAction',
  'kms:ViaService',
  'kms:EncryptionContext:aws:s3:arn',
]);
/** Actions that take no resource, and so are fenced by their cluster only. */
const fencedByCluster = new Set(['ecs:ListTasks', 'ecs:ListServices', 'ecs:RunTask']);

/** Everything a program asked for, once each, in the order of the first time. */
export function listAsked(entries: readonly LogEntry[]): Asked[] {
  const found = new Map<string, Asked>();
  const contexts = new Map<string, Map<string, Asked['context']>>();
  for (const { checks } of entries) {
    for (const { action, resource: exact, context = {} } of checks) {
      const resource = lasting(action, exact);
      if (resource === undefined) continue;
      const alias = unresolved.test(exact);
      const fences = Object.fromEntries(
        Object.entries(context).filter(
          ([key]) =>
            fencing.has(key) ||
            (key === 'ecs:cluster' && fencedByCluster.has(action)) ||
            (key === 'kms:ResourceAliases' && alias),
        ),
      );
      const id = JSON.stringify([action, resource, fences]);
      const all = contexts.get(id) ?? new Map<string, Asked['context']>();
      contexts.set(id, all.set(JSON.stringify(context), context));
      if (!found.has(id)) found.set(id, { action, resource, fences, context, contexts: [] });
    }
  }
  return [...found].map(([id, one]) => ({ ...one, contexts: [...(contexts.get(id)?.values() ?? [])] }));
}

/** The aliases of KMS keys whose keys nobody has told the sandbox of. */
export function listAliases(entries: readonly LogEntry[]): string[] {
  const resources = entries.flatMap(({ checks }) => checks.map(({ resource }) => resource));
  return [...new Set(resources.flatMap((resource) => unresolved.exec(resource)?.[1] ?? []))];
}

/**
 * The resource without what is another one in the next run: revisions and ids of tasks. Undefined for the second of two
 * checks that the sandbox makes of one request, since a policy for `*` passes both.
 */
function lasting(action: string, resource: string): string | undefined {
  if (action === 'ecs:ListTasks' && resource !== '*') return undefined;
  return (
    resource
      .replace(/^(arn:[^:]+:ecs:[^:]*:[^:]*:task-definition\/[^:]+):.*$/, '$1:*')
      .replace(/^(arn:[^:]+:ecs:[^:]*:[^:]*:task\/[^/]+)\/.*$/, '$1/*')
      // The key behind an alias is not invented: any key, and the alias is the fence.
      .replace(/^(arn:[^:]+:kms:[^:]*:[^:]*:)alias\/.*$/, '$1key/*')
  );
}
