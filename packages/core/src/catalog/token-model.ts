/** A value of each field of a subject, and what a claim besides it says. */
export type SubjectFields = Readonly<Record<string, string>>;

/** How the tokens of one provider look, as far as a trust policy can tell them apart. */
export interface TokenModel {
  readonly title: string;
  /** Whether an issuer, without its scheme, is meant. */
  readonly issuer?: RegExp;
  /** Whether a subject in a policy is of this provider, where the issuer is a host of somebody's own. */
  readonly subject?: RegExp;
  /** Whether other customers have tokens of the same issuer. */
  readonly shared: boolean;
  /** Templates of subjects, the usual first; `<field>` stands for a field. */
  readonly forms: readonly string[];
  /** A usual value of each field. */
  readonly usual: SubjectFields;
  /** What tells customers apart. */
  readonly tenant: readonly string[];
  /** What tells the projects of a customer apart: each list is changed together. */
  readonly projects: readonly (readonly string[])[];
  /** Other contexts of the same project: fields, and the template that has them. */
  readonly contexts: readonly { readonly form: string; readonly fields: SubjectFields; readonly who: string }[];
  /** Fields that say plan or apply, with both values. */
  readonly phases?: { readonly plan: SubjectFields; readonly apply: SubjectFields };
  /** The claims that follow from the fields. */
  readonly claims?: (fields: SubjectFields) => Readonly<Record<string, unknown>>;
  /** The session tags that follow from the fields. */
  readonly tags?: (fields: SubjectFields) => Readonly<Record<string, string>>;
  /** The claim that holds a field whole, by the name of the claim. */
  readonly fieldOfClaim?: Readonly<Record<string, string>>;
  /** What no value of a field holds, such as a part of the subject behind it. */
  readonly never?: Readonly<Record<string, string>>;
  /** Fields that are ids: another owner of the same name has others. */
  readonly ids?: readonly string[];
  /** Whether the audience is the name of the customer. */
  readonly audienceIsTenant?: true;
  /** The words for a tenant and a project. */
  readonly words: { readonly tenant: string; readonly project: string };
}

/** Subjects of which nothing is known but that each is one job. */
export const opaque: Omit<TokenModel, 'title' | 'shared'> = {
  forms: ['<subject>'],
  usual: { subject: 'job-1' },
  tenant: [],
  projects: [['subject']],
  contexts: [],
  words: { tenant: 'customer', project: 'job' },
};
