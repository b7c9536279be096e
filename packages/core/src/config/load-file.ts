import { didYouMean, quote, type Problem } from '../document/problem.js';
import type { Host } from '../use-case/host.js';
import { loadConfig, type BuiltConfigRole } from './build-config.js';
import { readFileText, type FileSystem, type TextReader } from './file-system.js';
import { placedLines, readJsonText, readYamlText } from './read-text.js';
import type { YamlLibrary } from './yaml-library.js';

/** What reads a file for a program that makes roles of it. */
export interface FileReaders {
  readonly fs: FileSystem;
  readonly utf8: TextReader;
  /** Loads the npm package `yaml`; not called for a file that is JSON. */
  readonly yaml: () => YamlLibrary;
}

/** The roles of a file in one environment: they count only where there are no problems. */
export interface LoadedFile {
  readonly roles: readonly BuiltConfigRole[];
  /** Each with the file, the line and the column. */
  readonly problems: readonly string[];
  /** Says where in the file the part of a problem stands. */
  readonly describe: (problems: readonly Problem[]) => string[];
}

/**
 * Reads a `postern.yaml` or `postern.json` as `postern build` does, for a program that makes the roles of one environment.
 * All of the file is checked, so that it is either right or not, whatever is asked for.
 * @param path the file
 * @param environment its name in the file; null for the roles of no environment, which may be left out where there are no others
 * @param host what the program knows of the place of the roles
 */
export function loadConfigFile(
  path: string,
  environment: string | null | undefined,
  { fs, utf8, yaml }: FileReaders,
  host: Host = {},
): LoadedFile {
  const refused = (message: string): LoadedFile => ({
    roles: [],
    problems: [`${quote(path)}: ${message}`],
    describe: (problems) => problems.map((one) => one.message),
  });
  let text: string;
  try {
    text = readFileText(path, fs, utf8);
  } catch (error) {
    return refused((error as Error).message);
  }
  const read = readJsonText(text) ?? readYamlText(text, yaml());
  const describe = (problems: readonly Problem[]) => placedLines(read, path, problems);
  if (read.problems.length > 0) return { roles: [], problems: describe([]), describe };
  const { built, problems } = loadConfig(read.value, host);
  if (problems.length > 0) return { roles: [], problems: describe(problems), describe };
  const message = environmentProblem(built, environment);
  if (message !== undefined) return refused(message);
  const roles = built.filter(({ given }) => given.environment === (environment ?? undefined));
  return { roles, problems: [], describe };
}

function environmentProblem(
  built: readonly BuiltConfigRole[],
  environment: string | null | undefined,
): string | undefined {
  const known = [...new Set(built.flatMap(({ given }) => given.environment ?? []))];
  const hasOthers = built.some(({ given }) => given.environment === undefined);
  const listed = known.map(quote).join(', ');
  if (environment === undefined || environment === null) {
    if (hasOthers && (environment === null || known.length === 0)) return undefined;
    const others = hasOthers ? ', or `null` for the roles of none' : '';
    return `its roles are made by environment: choose one as \`environment\`: ${listed}${others}`;
  }
  if (known.includes(environment)) return undefined;
  if (known.length === 0) return `it has no environments, so ${quote(environment)} is none: leave \`environment\` out`;
  return `${quote(environment)} is no environment of it${didYouMean(environment, known) || `: there are ${listed}`}`;
}
