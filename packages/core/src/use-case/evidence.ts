/** Where a permission's need is known from. */
export type Evidence =
  /** The AWS Service Authorization Reference: what the action's resource types and condition keys are. */
  | { readonly kind: 'reference'; readonly service: string }
  /** The tool's own source, at a pinned revision. */
  | {
      readonly kind: 'source';
      readonly repository: string;
      readonly revision: string;
      readonly file: string;
      readonly where?: string;
    }
  /** A recorded run of the real tool. */
  | { readonly kind: 'proof'; readonly file: string }
  /** A vendor's page or published policy; weak alone. */
  | { readonly kind: 'vendor'; readonly title: string; readonly url: string };

/** The AWS Service Authorization Reference page of a service, by its IAM prefix. */
export function reference(service: string): Evidence {
  return { kind: 'reference', service };
}

/**
 * A place in a tool's source.
 * @param repository `owner/name` on GitHub
 * @param revision the commit or the release that was read; a branch, a date or `HEAD` is none
 * @param file the path in the repository
 * @param where the function, if the file holds several
 */
export function source(repository: string, revision: string, file: string, where?: string): Evidence {
  return { kind: 'source', repository, revision, file, ...(where === undefined ? {} : { where }) };
}

export function vendor(title: string, url: string): Evidence {
  return { kind: 'vendor', title, url };
}

/** The evidence in one line. */
export function describeEvidence(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'reference':
      return `AWS Service Authorization Reference, ${evidence.service}`;
    case 'source': {
      const where = evidence.where === undefined ? '' : `, ${evidence.where}`;
      return `source of ${evidence.repository} at ${evidence.revision}: ${evidence.file}${where}`;
    }
    case 'proof':
      return `recorded run: ${evidence.file}`;
    case 'vendor':
      return `${evidence.title}: ${evidence.url}`;
  }
}
