import { quote } from '../../document/problem.js';
import type { ResourceForm } from '../option/form.js';
import { givenName, placeholder, report, type Item, type Reading } from './reading.js';
import type { AskedText } from './text-problem.js';

/** Says that a text is no ARN of the form, and what one looks like. */
export function refuseArn(reading: Reading, { path }: AskedText, form: ResourceForm, text: string): Item {
  report(reading, path, `${quote(text)} is no ${form.title} ARN: write it as \`${shapeOf(reading, form)}\``);
  return placeholder(reading, form.example, text);
}

function shapeOf(reading: Reading, form: ResourceForm): string {
  const { service, regional, account, resource } = form.arn;
  const last = resource.map((part) => {
    if (typeof part === 'string') return part;
    if (part.slot !== 'text') return 'NAME';
    return givenName(reading, part.option) ?? part.option.toUpperCase();
  });
  return `arn:aws:${service}:${regional ? 'REGION' : ''}:${account ? 'ACCOUNT' : ''}:${last.join('')}`;
}
