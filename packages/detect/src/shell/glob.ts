/** Whether a text matches a shell pattern of `*` and `?`, in time that the product of their lengths bounds. */
export function matchesGlob(text: string, glob: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (from < glob.length && (glob[from] === '?' || (glob[from] === text[at] && glob[from] !== '*'))) {
      at++;
      from++;
    } else if (glob[from] === '*') {
      star = from++;
      resume = at;
    } else if (star >= 0) {
      from = star + 1;
      at = ++resume;
    } else return false;
  }
  while (glob[from] === '*') from++;
  return from === glob.length;
}
