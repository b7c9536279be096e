/** How an atom's need is known; the words are never added up into one number. */
export type ProofOutcome = 'proved' | 'replayed' | 'tolerated' | 'claimed';

/**
 * What a client makes of a part: it fails without it; it asks for it, and goes on where it is refused; or it asks for
 * nothing that needs it.
 */
export type ClientUse = 'needs it' | 'goes on without it' | 'does not ask for it';

/** What a recorded run showed of one atom of an entry. All of it is in the sandbox, none of it in an account. */
export interface ProofOfAtom {
  readonly atom: string;
  readonly outcome: ProofOutcome;
  /** The option cell in which it was taken away. */
  readonly cell?: string;
  readonly scenario?: string;
  /** What failed without it: a tool, or `replay` for calls that were read in a tool's source. */
  readonly tool?: string;
  readonly step?: string;
  /** The tool's own error. */
  readonly error?: string;
  /** What IAM refused, as `action on resource`. */
  readonly refused?: readonly string[];
  /** For a condition: the hostile request that gets through without it. */
  readonly hostile?: string;
  /**
   * Where clients that make other calls were run beside each other: what each makes of the part in the scenarios that
   * all of them ran. Where none of them needs it, another scenario does, which does not tell them apart.
   */
  readonly clients?: Readonly<Record<string, ClientUse>>;
  /** For what no run shows: why, and on whose word. */
  readonly why?: string;
  readonly source?: string;
}

/** The recorded runs of one entry, as `evidence.json` in its folder holds them. */
export interface RecordedProof {
  readonly useCase: string;
  /** The version of each tool that ran. */
  readonly tools: Readonly<Record<string, string>>;
  readonly counts: Readonly<Record<ProofOutcome, number>>;
  /** Which cells ran with the whole policy, by scenario. */
  readonly scenarios: readonly {
    readonly name: string;
    readonly title: string;
    readonly cells: readonly string[];
  }[];
  readonly atoms: readonly ProofOfAtom[];
  /** Requests that are refused, and get through when the statement is widened to every resource. */
  readonly hostile: readonly { readonly request: string; readonly statement: string; readonly cell: string }[];
  /** Every operation that the runs sent, as `service:Operation`. */
  readonly requests: readonly string[];
}
