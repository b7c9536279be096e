/** The shells of Windows whose scripts are read. */
export type WindowsShell = 'cmd' | 'powershell';

/**
 * A script of a shell of Windows, line by line in the words of a POSIX shell, as far as the two say the same: what
 * variables are named and set by, how a line goes on, and what stands between folders.
 */
export function asPosix(script: string, shell: WindowsShell): string {
  return shell === 'cmd' ? fromCmd(script) : fromPowerShell(script);
}

/** The same for text of a file, whose lines keep their numbers. */
export function asPosixTree<T extends { readonly text: string; lineAt(offset: number): number }>(
  tree: T,
  shell: WindowsShell,
): T {
  const text = asPosix(tree.text, shell);
  const starts = [0, ...[...tree.text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const lineAt = (offset: number): number => tree.lineAt(starts[text.slice(0, offset).split('\n').length - 1]!);
  return { ...tree, text, lineAt };
}

/** Whether a script names variables as cmd does, and not only parts of a date, as `%FT%T` does. */
export function isCmd(script: string): boolean {
  return /%[A-Za-z_]\w{2,}%/.test(script);
}

function fromCmd(script: string): string {
  return script
    .replace(/%([A-Za-z_]\w+)%/g, '${$1}')
    .replace(/\^(\r?\n)/g, '\\$1')
    .replace(/\\(?=[\w.*])/g, '/')
    .replace(/^([ \t]*)@?(?:rem\b|::)/gim, '$1#')
    .replace(/^([ \t]*)@?(?:call[ \t]+|(?=echo off))/gim, '$1')
    .replace(/^([ \t]*)@?set[ \t]+"(\w+)=([^"\r\n]*)"?/gim, '$1$2="$3"')
    .replace(/^([ \t]*)@?set[ \t]+(\w+)="?([^"\r\n]*)"?/gim, '$1$2="$3"');
}

/** Where blocks begin and end, and what leaves one: what stands in any block is read as if it stood in none. */
const blockEdge =
  /^[ \t]*(?:(?:if|elseif|else|foreach|for|while|do|try|catch|finally|switch|function|begin|process|end)\b[^\r\n]*\{|\{|\}[^\r\n]*|param[ \t]*\(|\)|(?:exit|throw|return)\b[^\r\n]*)[ \t]*$/gim;

function fromPowerShell(script: string): string {
  return script
    .replace(/`(\r?\n)/g, '\\$1')
    .replace(blockEdge, ':')
    .replace(/^([ \t]*)&[ \t]*/gm, '$1')
    .replace(/\\(?=[\w.*])/g, '/')
    .replace(/\$\(\$(env:)?(\w+)\)/gi, '${$2}')
    .replace(
      /\$(?:env:(\w+)|\{env:(\w+)\})/gi,
      (_, plain: string | undefined, braced: string) => `\${${plain ?? braced}}`,
    )
    .replace(
      /^([ \t]*)\$(?:\{(\w+)\}|(\w+))[ \t]*=[ \t]*(\S[^\r\n]*)$/gm,
      (whole, indent: string, braced: string | undefined, plain: string, set: string) => {
        const name = braced ?? plain;
        const given = set.trimEnd();
        if (/^("[^"]*"|'[^']*'|\$\{?\w+\}?|\d+);?$/.test(given)) return `${indent}${name}=${given}`;
        return /^[a-z][^{}()\\]*$/.test(given) ? `${indent}${name}=$(${given})` : whole;
      },
    );
}
