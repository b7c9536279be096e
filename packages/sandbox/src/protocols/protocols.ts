import { ec2Protocol } from './ec2.js';
import { jsonProtocol } from './json.js';
import type { Protocol } from './protocol.js';
import { queryProtocol } from './query.js';
import { restJsonProtocol } from './rest-json.js';
import { restXmlProtocol } from './rest-xml.js';

/** AWS's wire protocols, as the models name them. */
export const protocols: Readonly<Record<string, Protocol>> = {
  'json-1.0': jsonProtocol('1.0'),
  'json-1.1': jsonProtocol('1.1'),
  query: queryProtocol,
  ec2: ec2Protocol,
  'rest-json': restJsonProtocol,
  'rest-xml': restXmlProtocol(),
};
