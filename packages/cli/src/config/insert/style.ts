import { yamlValue } from '../yaml-value.js';

/** How a file is written. */
export interface Style {
  readonly text: string;
  readonly isJson: boolean;
  /** What its lines end with. */
  readonly newLine: string;
  /** What one level of its JSON is indented by. */
  readonly unit: string;
}

/** @param isJson whether it is read as JSON */
export function styleOf(text: string, isJson: boolean): Style {
  const [, unit = '  '] = /\n([ \t]+)\S/.exec(text) ?? [];
  return { text, isJson, newLine: text.includes('\r\n') ? '\r\n' : '\n', unit };
}

/** A value on one line. */
export function inline({ isJson }: Style, value: unknown): string {
  return isJson ? JSON.stringify(value) : yamlValue(value);
}

/** A key as it is written. */
export function keyText({ isJson }: Style, key: string): string {
  return isJson ? JSON.stringify(key) : yamlValue(key);
}

/** A value over several lines, where the file is JSON; the first line stands behind its key, the others have an indentation. */
export function spread(style: Style, value: unknown, indentation: string): string {
  if (!style.isJson) return inline(style, value);
  return JSON.stringify(value, null, style.unit).replaceAll('\n', `${style.newLine}${indentation}`);
}

/** Where the line of a character begins. */
export function lineStart({ text }: Style, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\ufeff') ? 1 : start;
}

/** Where the line of a character ends, before what ends it. */
export function lineEnd({ text }: Style, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** How far from the left a character stands. */
export function columnOf(style: Style, offset: number): number {
  return offset - lineStart(style, offset);
}
