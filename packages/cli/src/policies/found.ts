/** A document as an object, or as a text that is none, so that whoever asks for it is told. */
export type FoundDocument = object | string;

/**
 * What keeps a document, where the file says so: a policy of its own, an identity that has it inline, a permission set, or
 * AWS, which has saved it already.
 */
export type PolicyHolder = 'managed' | 'role' | 'user' | 'group' | 'permission set' | 'saved';

/** Policies found in a file that hold together: one document, or all of a role. */
export interface FoundPolicy {
  /** Where it stands in the file; empty where the file is the policy. */
  readonly name: string;
  /** What else it may be called by: the name or the ARN of a role, its path in a CDK app. */
  readonly aliases?: readonly string[];
  readonly documents: readonly FoundDocument[];
  /** What each of its documents is called, where there may be several. */
  readonly documentNames?: readonly string[];
  /** What keeps each of the documents; absent where the file does not say. */
  readonly holders?: readonly PolicyHolder[];
  /** Those of the documents that stand with it, where others are found on their own too. */
  readonly own?: readonly FoundDocument[];
  /** Whether its documents are among those of an identity that is found too. */
  readonly isPart?: boolean;
  /** The ARNs of the policies that are attached to it and not in the file. */
  readonly elsewhere?: readonly string[];
  /** What it is by its place in the file, such as the trust policy of a role; absent where its shape alone says it. */
  readonly type?: 'trust' | 'resource';
  /** How long a session of the role may be, in seconds, beside its trust policy. */
  readonly maxSessionDuration?: number;
  /** What the role of a trust policy may do, as far as the file says it. */
  readonly permissions?: RolePermissions;
  /** Whether it was made of properties that say what a statement would, so that the file holds no document. */
  readonly isMade?: true;
}

/** What a role may do, beside its trust policy. */
export interface RolePermissions {
  readonly documents: readonly FoundDocument[];
  /** The ARNs of the policies that are attached and not in the file. */
  readonly elsewhere: readonly string[];
  /** Whether something is attached that is known only after deployment. */
  readonly isOpen?: true;
}

/** The trust policy of a role, as it was found. */
export function trustOf(
  name: string,
  documents: readonly FoundDocument[],
  {
    maxSessionDuration,
    ...more
  }: { readonly maxSessionDuration?: unknown } & Pick<FoundPolicy, 'aliases' | 'permissions'> = {},
): FoundPolicy[] {
  if (documents.length === 0) return [];
  const seconds = Number(maxSessionDuration);
  return [{ name, documents, type: 'trust', ...more, ...(seconds > 0 && { maxSessionDuration: seconds }) }];
}

/** What was found in a file. */
export interface FoundPolicies {
  readonly policies: readonly FoundPolicy[];
  /** The trust policies of the roles, which stand apart: what is allowed and who may come are two questions. */
  readonly trust?: readonly FoundPolicy[];
  /** The policies of resources, such as buckets and keys. */
  readonly resource?: readonly FoundPolicy[];
  /** What was read in another way than it stands there. */
  readonly notes: readonly string[];
  /** The parameters of a template. */
  readonly parameters?: ReadonlySet<string>;
}

/** What CloudFormation knows only when it deploys. */
export interface TemplatePlace {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** Values of parameters, by name. */
  readonly parameters?: ReadonlyMap<string, string>;
  /** The name of the stack. */
  readonly stack?: string;
  /** What other stacks that are deployed with it export. */
  readonly exports?: ReadonlyMap<string, unknown>;
  /** Whether a statement that depends on an `Fn::If` anywhere in it is read as one for each branch. */
  readonly takesBothBranches?: true;
  /** What to note where a pseudo parameter is used that nobody gave. */
  readonly assumed?: Readonly<Record<string, string>>;
}
