import type { Files } from '../files.js';

/** What readers of CI files are given. */
export interface CiInput {
  readonly files: Files;
  /** What a ready-made step hands on, by the name of its output: text with `${region}` and `${account}`. */
  readonly outputsOf: (step: string) => Readonly<Record<string, string>> | undefined;
  /** Something in a CI file cannot be read. */
  readonly problem: (file: string, line: number, message: string) => void;
}
