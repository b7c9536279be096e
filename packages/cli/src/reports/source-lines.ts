import { JsonPlaces, LineIndex, yamlPlaces, type Places } from '@postern/core';
import * as yaml from 'yaml';
import { isJson } from './text-places.js';

/** Says on which line of a JSON or YAML text the parts of a policy stand. */
export class SourceLines {
  private readonly places: Places;
  private readonly lines: LineIndex;

  constructor(text: string) {
    this.places = isJson(text) ? new JsonPlaces(text) : yamlPlaces(text, yaml);
    this.lines = new LineIndex(text);
  }

  /**
   * @param path as problems have it: `Statement[0].Action[2]`. A scalar that was read as a list of one may be meant.
   * @returns the line, counted from 1, of the part, or of the nearest around it that is there
   */
  lineOf(path: string): number {
    return this.lines.at(this.places.find(path).offset).line;
  }
}
