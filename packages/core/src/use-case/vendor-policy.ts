import type { ConditionBlock } from '../document/document.js';

/** What a vendor publishes for the job of an entry, as facts: nothing of it is copied into the entry. */
export interface VendorPolicy {
  /** Without article: "managed policy AmazonEC2ContainerRegistryPullOnly". */
  readonly title: string;
  readonly url: string;
  /** The day on which its text was read, `2026-03-07`. */
  readonly readOn: string;
  /** The options of the entry that stand for the same job, with the names that `allows` is written for. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly allows: readonly VendorStatement[];
  /** What condition keys hold in every request of the job though the entry does not ask for it, as a tag of its resources. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Actions that the vendor allows on resources; placeholders in them are filled in as the options say. */
export interface VendorStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: ConditionBlock;
}
