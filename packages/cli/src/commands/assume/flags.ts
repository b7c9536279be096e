/** The flags of `postern assume`. */
export interface AssumeFlags {
  readonly policy?: string;
  readonly token?: string;
  readonly issuer?: string;
  readonly roleArn?: string;
  readonly clientId?: readonly string[];
  readonly context?: readonly string[];
  readonly json?: true;
}
