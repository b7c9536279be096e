/** A flag of the command line, as data. */
export interface FlagForm {
  /** Its name with what stands behind it, such as `--bucket <S3 bucket>`; `...` where several do. */
  readonly spelled: string;
  readonly help: string;
  /** Left out of the help. */
  readonly hidden?: boolean;
  /** Whether it may be given once only. */
  readonly once?: boolean;
  /** Words that may stand behind it, for completion. */
  readonly words?: readonly string[];
}
