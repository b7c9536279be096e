/**
 * Whether one word is most likely a slip of the other: up to two letters differ, or one of seven in a long word. Letter case
 * does not count.
 */
export function isSlip(word: string, other: string): boolean {
  if (word.length > 200) return false;
  const most = Math.max(2, Math.floor(word.length * 0.15));
  return distance(word.toLowerCase(), other.toLowerCase(), most) <= most;
}

/** How many letters have to be put in, left out or changed; more than `most` is not counted further. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + change));
    }
    last = row;
  }
  return last[b.length]!;
}
