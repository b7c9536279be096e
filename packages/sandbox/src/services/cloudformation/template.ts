/** A parameter or a resource of a template, as far as its head says. */
export interface Declared {
  readonly name: string;
  readonly type: string;
  readonly value: string | undefined;
}

/**
 * What a section of a template declares. JSON is read as it is; of YAML only the usual form of one name a line, which is what
 * tells types and default values.
 */
export function readSection(template: string, section: 'Parameters' | 'Resources'): Declared[] {
  const found = readJson(template)?.[section];
  if (found === undefined) return readLines(template, section);
  return Object.entries(found as Readonly<Record<string, Readonly<Record<string, unknown>> | null>>).map(
    ([name, about]) => ({
      name,
      type: String(about?.['Type'] ?? ''),
      value: about?.['Default'] === undefined ? undefined : String(about['Default']),
    }),
  );
}

/** A resource of a template in JSON. */
export interface TemplateResource {
  readonly name: string;
  readonly type: string;
  readonly properties: ParameterValues;
}

/** What JSON tells besides: the properties of resources, and the values of outputs. */
export function readValues(template: string): {
  readonly resources: readonly TemplateResource[];
  readonly outputs: readonly { readonly name: string; readonly value: unknown }[];
} {
  const { Resources, Outputs } = readJson(template) ?? {};
  return {
    resources: entriesOf(Resources).map(([name, { Type, Properties }]) => ({
      name,
      type: String(Type ?? ''),
      properties: isValues(Properties) ? Properties : {},
    })),
    outputs: entriesOf(Outputs).map(([name, { Value }]) => ({ name, value: Value })),
  };
}

type ParameterValues = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is ParameterValues => typeof value === 'object' && value !== null;
const entriesOf = (section: unknown) =>
  isValues(section)
    ? Object.entries(section).map(([name, value]) => [name, isValues(value) ? value : {}] as const)
    : [];

function readJson(template: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(template);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function readLines(template: string, section: string): Declared[] {
  const lines = template.split(/\r?\n/);
  const start = lines.findIndex((line) => line.trimEnd() === `${section}:`);
  if (start < 0) return [];
  const found: { name: string; type: string; value: string | undefined }[] = [];
  let depth: number | undefined;
  for (const line of lines.slice(start + 1)) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const indent = line.length - line.trimStart().length;
    if (indent === 0) break;
    depth ??= indent;
    const [, key = '', value = ''] = /^["']?([A-Za-z0-9]+)["']?\s*:(.*)$/.exec(line.trim()) ?? [];
    if (indent === depth) found.push({ name: key, type: '', value: undefined });
    const last = found.at(-1);
    if (last === undefined || indent === depth) continue;
    if (key === 'Type' && last.type === '') last.type = plain(value.trim());
    if (key === 'Default') last.value = plain(value.trim());
  }
  return found;
}

const plain = (value: string) => value.replace(/^(["'])(.*)\1$/, '$2');

/** The transforms that a template names at its top, and those of AWS within it. */
export function readTransforms(template: string): string[] {
  const top = readJson(template)?.['Transform'];
  if (top !== undefined) return [...new Set([top].flat().map(String).concat(included(template)))];
  const lines = template.split(/\r?\n/);
  const at = lines.findIndex((line) => /^Transform\s*:/.test(line));
  if (at < 0) return included(template);
  const [, behind = ''] = /^Transform\s*:(.*)$/.exec(lines[at]!.trim()) ?? [];
  const inline = behind.trim();
  const below = lines.slice(at + 1);
  const end = below.findIndex((line) => !/^\s*-\s/.test(line));
  const listed =
    inline === '' ? below.slice(0, end < 0 ? below.length : end).map((line) => line.replace(/^\s*-\s*/, '')) : [];
  const named = inline === '' ? listed : inline.replace(/^\[|\]$/g, '').split(',');
  return [
    ...new Set(
      named
        .map((one) => plain(one.trim()))
        .filter((one) => one !== '')
        .concat(included(template)),
    ),
  ];
}

/** `Fn::Transform` anywhere in a template names one too. */
function included(template: string): string[] {
  return [...template.matchAll(/Fn::Transform["']?\s*:[{\s]*["']?Name["']?\s*:\s*["']?([A-Za-z0-9:_-]+)/g)].map(
    (match) => match[1]!,
  );
}
