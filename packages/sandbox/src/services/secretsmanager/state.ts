/** A secret of Secrets Manager; its ARN ends with six characters of AWS's own. */
export interface Secret {
  readonly name: string;
  readonly arn: string;
  /** Values by version stage. */
  readonly stages: Map<string, string>;
  /** The key of KMS that encrypts it, where it is one of one's own. */
  readonly kmsKey: string | undefined;
}

export const state = {
  /** Secrets by name. */
  secrets: () => new Map<string, Secret>(),
};
