/** The flags of `postern build`. */
export interface BuildFlags {
  readonly config?: string;
  readonly role?: readonly string[];
  readonly environment?: readonly string[];
  readonly format?: string;
  readonly output?: string;
  readonly stackSet?: true;
}
