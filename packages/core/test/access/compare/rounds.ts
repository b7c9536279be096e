/** The seed of a run: printed, so that a run can be had again. */
export const seed = Number(process.env['POSTERN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** How many rounds: the usual number, and more or fewer as `POSTERN_ROUNDS` is more or less than its usual 50,000. */
export function roundsOf(usual: number): number {
  const share = Number(process.env['POSTERN_ROUNDS'] ?? 50_000) / 50_000;
  return Math.round(usual * Math.min(5, Math.max(1 / 4, share)));
}
