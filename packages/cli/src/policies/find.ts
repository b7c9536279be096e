import { readJson, textOfNumber } from '@postern/core';
import { findInAccount } from './account-details.js';
import { findInTemplate, isTemplate } from './cloudformation/template.js';
import { findInTerraform, isTerraformShow } from './terraform-show.js';

/** A document as an object, or as a text that is none, so that whoever asks for it is told. */
export type FoundDocument = object | string;
/**
 * What keeps a document, where the file says so: a policy of its own, an identity that has it inline, a permission set, or
 * AWS, which has saved it already.
 */
export type Holder = 'managed' | 'role' | 'user' | 'group' | 'permission set' | 'saved';

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
  readonly holders?: readonly Holder[];
  /** Those of the documents that stand with it, where others are found on their own too. */
  readonly own?: readonly FoundDocument[];
  /** Whether its documents are among those of an identity that is found too. */
  readonly isPart?: boolean;
  /** The ARNs of the policies that are attached to it and not in the file. */
  readonly elsewhere?: readonly string[];
}

/** What {@link findPolicies} found. */
export interface FoundPolicies {
  readonly policies: readonly FoundPolicy[];
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

type Json = Record<string, unknown>;

/**
 * Finds the identity policies in a value: a policy document, a list of them, what the AWS CLI prints (`get-policy-version`,
 * `get-role-policy`, `get-account-authorization-details`), a CloudFormation template, or what `terraform show -json` prints.
 * @returns undefined where it is none of these
 */
export function findPolicies(value: unknown, place: TemplatePlace): FoundPolicies | undefined {
  if (Array.isArray(value)) {
    if (value.length === 0) return { policies: [], notes: [] };
    const documents = value.map(documentOf);
    return documents.every((document) => document !== undefined) ? alone('', documents as object[]) : undefined;
  }
  if (!isObject(value)) return undefined;
  if ('Statement' in value) return alone('', [value]);
  const version = value['PolicyVersion'];
  if (isObject(version)) {
    const document = documentOf(version['Document']);
    return document && alone('', [document], 'saved');
  }
  if ('PolicyDocument' in value) {
    const document = documentOf(value['PolicyDocument']);
    // With the name of its identity it is what AWS answered.
    const isSaved = ['RoleName', 'UserName', 'GroupName'].some((key) => key in value);
    return document && alone('', [document], isSaved ? 'saved' : undefined);
  }
  if (['RoleDetailList', 'UserDetailList', 'GroupDetailList'].some((key) => Array.isArray(value[key]))) {
    return findInAccount(value);
  }
  if (isTemplate(value)) return findInTemplate(value, place);
  if (isTerraformShow(value)) return findInTerraform(value);
  return undefined;
}

function alone(name: string, documents: readonly object[], holder?: Holder): FoundPolicies {
  return { policies: [{ name, documents, ...(holder && { holders: documents.map(() => holder) }) }], notes: [] };
}

/** A document as an object, as JSON text, or as URL-encoded JSON text, as IAM's API gives it. */
export function documentOf(value: unknown): object | undefined {
  if (isObject(value)) return value;
  if (typeof value !== 'string') return undefined;
  for (const text of [value, decoded(value)]) {
    const { value: parsed, wellFormed } = readJson(text, 'asWritten');
    if (wellFormed && isObject(parsed)) return parsed;
  }
  return undefined;
}

/** A document that has to be there: where it is none, its text, which no one can read either. */
export function documentAt(value: unknown): FoundDocument {
  return documentOf(value) ?? (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a value is an object with keys; a number that is kept as it is written is none. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && textOfNumber(value) === undefined;
}

/** The items of a list that are objects; none where it is no list. */
export function objectsIn(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A text, or nothing where it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
