/** The flags of `postern boundary` besides those of the use case. */
export interface BoundaryFlags {
  readonly options?: string;
  readonly name?: string;
  readonly path?: string;
  readonly output?: string;
}
