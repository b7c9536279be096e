import { denialOf, type FoundDenial } from './denial.js';
import { regionOfAddress } from './region-of-address.js';
import type { Rules } from './rules.js';

const method = String.raw`\b(?<method>HEAD|GET|PUT|POST|DELETE)\b`;
const url = String.raw`["'\`(<]{0,2}https?://(?<host>(?:[a-z0-9.-]{1,63}\.)?s3[.-](?:[a-z0-9-]{1,30}\.){0,3}amazonaws\.(?:com(?:\.cn)?|eu))(?<path>/[^\s"'\`<>]{0,3000})?`;
const pattern = new RegExp(
  String.raw`(?:(?:\b403\b[^\n]{0,40})?${method}:? {0,2}(?:request to )?|unexpected status(?: code)? )${url}(?<behind>[^\n]{0,200})`,
  'g',
);

/** Finds requests of S3 by their method and address, as HTTP clients and tools of other languages tell them. */
export function readS3Requests(text: string, rules: Rules): FoundDenial[] {
  if (!/\bs3[.-][^\n]{0,120}amazonaws\.(?:com|eu)\b/.test(text)) return [];
  return [...text.matchAll(pattern)].flatMap((match) => {
    const { method: verb = 'GET', host = '', path = '/', behind = '' } = match.groups ?? {};
    if (!/\b403\b|Forbidden|AccessDenied|Access Denied/.test(`${match[0].slice(0, 50)} ${behind}`)) return [];
    const [plain = '', question = ''] = path.replace(/[:.,;)]+$/, '').split('?');
    const asked = rules.readRequest(
      's3',
      { method: verb, host, path: plain, question },
      { region: regionOfAddress(host) },
    );
    const [check] = asked?.checks ?? [];
    if (asked === undefined || check === undefined) return [];
    const { action, resource } = check;
    const denial = denialOf({ action, resource, operation: asked.operation, service: 's3' });
    return [{ at: match.index, end: match.index + match[0].length - behind.length, denial }];
  });
}
