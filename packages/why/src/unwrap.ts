const colours = /(?:\u001b|\\u001[bB]|\\x1[bB]|\\033|\u241b)\[[0-9;:]*[A-Za-z]/g;

/** What logs and terminals write before a line: each of them may stand several times, in any order. */
const prefixes: readonly RegExp[] = [
  /^\s+/,
  // Terraform draws a box; mails and compose quote.
  /^[│╷╵┃║|>]/,
  /^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?(?: \d\d[OE][ +]?)?/,
  /^\[?\d\d:\d\d:\d\d(?:[.,]\d+)?\]?(?=\s)/,
  /^[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?: \S{1,80} \S{1,80}: )?/,
  /^\d{10,13}(?=\s)/,
  /^#\d{1,5} (?:\d+\.\d+ )?/,
  /^##\[[a-z]{1,20}\]|^::[a-z]{1,20}::/,
  /^\[[^\]\n]{1,60}\](?=\s)/,
  /^(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|STDOUT|STDERR|stdout F|stderr F|terraform|tofu):?(?=\s)/,
  /^[\w.-]{1,40} {0,20}\| /,
];

/** A text without colours, and its lines without what a log or a box writes around them. */
export function unwrap(text: string): string {
  return text.replace(colours, '').replace(/\r\n?/g, '\n').split('\n').map(withoutPrefix).join('\n');
}

function withoutPrefix(line: string): string {
  let rest = line;
  for (let round = 0; round < 6; round += 1) {
    const before = rest.length;
    for (const prefix of prefixes) rest = rest.replace(prefix, '');
    if (rest.length === before) break;
  }
  return rest.replace(/\s*│$/, '');
}
