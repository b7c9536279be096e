import { visible } from '@postern/core';

/**
 * A line as it may be printed: no control characters, and nothing that a CI system takes for a command to itself. GitHub
 * reads `::name` at the beginning of a line and `##[name]` anywhere, Azure Pipelines `##vso[name]` anywhere, TeamCity
 * `##teamcity[name` at the beginning.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
export function plainLine(line: string): string {
  return visible(line)
    .replace(/^(\s*):(?=:)/, '$1\\u003a')
    .replace(/#(?=#(\[|vso\[|teamcity\[))/gi, '\\u0023');
}

/** JSON as it may be printed: the same, in JSON's own escapes. */
export function plainJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent)
    .replace(/#(?=#(\[|vso\[|teamcity\[))/gi, '\\u0023')
    .replace(
      /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
