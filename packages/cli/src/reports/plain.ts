/**
 * A line as it may be printed: no control or format characters, none that turn the direction of the text, and nothing that a
 * CI system takes for a command to itself. GitHub reads `::name` at the beginning of a line and `##[name]` anywhere, Azure
 * Pipelines `##vso[name]` anywhere, TeamCity `##teamcity[name` at the beginning.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
export function plainLine(line: string): string {
  return line
    .replace(steering, escaped)
    .replace(/^(\s*):(?=:)/, '$1\\u003a')
    .replace(command, '\\u0023');
}

/** JSON as it may be printed: the same, in JSON's own escapes. */
export function plainJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent)
    .replace(command, '\\u0023')
    .replace(steering, (found) => (found === '\n' ? found : escaped(found)));
}

const command = /#(?=#(\[|vso\[|teamcity\[))/gi;

/** Control and format characters, line and paragraph separators, private ones, halves of pairs. */
const steering = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

function escaped(found: string): string {
  return Array.from({ length: found.length }, (_, index) => {
    return `\\u${found.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}
