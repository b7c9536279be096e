import type { MakeFormat } from './format.js';

/** Every format by its name; each is loaded when it is asked for. */
export const formats = {
  text: async (): Promise<MakeFormat> => (await import('./text.js')).textFormat,
  json: async (): Promise<MakeFormat> => (await import('./json.js')).jsonFormat,
  sarif: async (): Promise<MakeFormat> => (await import('./sarif.js')).sarifFormat,
  github: async (): Promise<MakeFormat> => (await import('./github.js')).githubFormat,
  gitlab: async (): Promise<MakeFormat> => (await import('./gitlab.js')).gitlabFormat,
} as const;
