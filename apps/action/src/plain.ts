/** Control and format characters, line and paragraph separators, private ones, halves of pairs. */
const steering = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

function escaped(found: string): string {
  return Array.from(
    { length: found.length },
    (_, index) => `\\u${found.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}

/** A text as one line, without what turns it, ends it or hides in it. */
export function oneLine(text: string): string {
  return text.replace(steering, escaped);
}

/**
 * A line for the log. The runner takes `::name` at the beginning of a line for a command, behind blanks too, and `##[name]` anywhere.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function logLine(text: string): string {
  return oneLine(text)
    .replace(/^(\s*):(?=:)/, '$1\\u003a')
    .replace(/#(?=#\[)/g, '\\u0023');
}
