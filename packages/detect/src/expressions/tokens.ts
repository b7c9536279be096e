/** A piece of an expression of GitHub Actions. */
export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

const signs = ['&&', '||', '==', '!=', '<=', '>=', '<', '>', '!', '(', ')', '[', ']', '.', ',', '*'];

/** Cuts an expression into pieces; undefined where it is none. */
export function tokensOf(expression: string): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    const character = expression[at]!;
    if (/\s/.test(character)) {
      at++;
    } else if (character === "'") {
      let text = '';
      for (at++; at < expression.length; at++) {
        if (expression[at] !== "'") text += expression[at];
        else if (expression[at + 1] === "'") text += expression[at++];
        else break;
      }
      if (expression[at] !== "'") return undefined;
      at++;
      tokens.push({ kind: 'text', text });
    } else if (/[A-Za-z_]/.test(character)) {
      let end = at + 1;
      while (end < expression.length && /[\w-]/.test(expression[end]!)) end++;
      tokens.push({ kind: 'name', text: expression.slice(at, end) });
      at = end;
    } else if (/[0-9-]/.test(character)) {
      let end = at + 1;
      while (end < expression.length && /[\w.]/.test(expression[end]!)) end++;
      tokens.push({ kind: 'text', text: expression.slice(at, end) });
      at = end;
    } else {
      const sign = signs.find((one) => expression.startsWith(one, at));
      if (sign === undefined) return undefined;
      tokens.push({ kind: 'sign', text: sign });
      at += sign.length;
    }
  }
  return tokens;
}
