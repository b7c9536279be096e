import { findNearest, partitionOfRegion, partitions, quote } from '@postern/core';
import { isSlip } from './distance.js';
import type { Level } from './rule.js';

/** What is wrong with a text, what to write instead, and how bad it is. */
export interface LevelledProblem {
  readonly what: string;
  readonly instead: string;
  readonly level: Level;
}

const regionWords =
  /^[a-z]{2,4}(-[a-z]{2,4})?-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\d{1,2}$/;

/** What is wrong with a region as far as it is literal: one that there is not, or that is newer than the list. */
export function regionProblem(region: string): LevelledProblem | undefined {
  if (region === '' || /[*?]|\$\{/.test(region) || partitionOfRegion.has(region)) return undefined;
  const known = [...partitionOfRegion.keys()];
  const near = findNearest(region, known);
  if (regionWords.test(region) && !/-0\d?$/.test(region)) {
    return {
      what: `${quote(region)} is no region that postern knows`,
      instead: near === undefined ? 'check it' : `did you mean ${quote(near)}?`,
      level: 'warning',
    };
  }
  const instead = near === undefined ? 'write a region such as `eu-west-1`' : `did you mean ${quote(near)}?`;
  return { what: `${quote(region)} is no region`, instead, level: 'error' };
}

/** What is wrong with an account as far as it is literal: 12 digits. */
export function accountProblem(account: string): LevelledProblem | undefined {
  if (account === '' || /^\d{12}$/.test(account) || /\$\{/.test(account)) return undefined;
  if (/^[\d*?]+$/.test(account)) {
    const fixed = account.replaceAll('*', '').length;
    const fits = account.includes('*') ? fixed <= 12 : fixed === 12;
    if (fits) return undefined;
    const short = /^\d{9,11}$/.test(account) ? ', leading zeros included' : '';
    return { what: `${quote(account)} is no account`, instead: `write 12 digits${short}`, level: 'error' };
  }
  if (/^\d{4}-\d{4}-\d{4}$/.test(account)) {
    return {
      what: `${quote(account)} is no account`,
      instead: `write ${quote(account.replaceAll('-', ''))}`,
      level: 'error',
    };
  }
  // AWS's own resources have words here, such as `aws` and `cloudfront`.
  if (/^[a-z][a-z0-9-]*$/.test(account)) return undefined;
  return { what: `${quote(account)} is no account`, instead: 'write 12 digits', level: 'error' };
}

/** What is wrong with a partition as far as it is literal. */
export function partitionProblem(partition: string): LevelledProblem | undefined {
  if (/[*?]|\$\{/.test(partition) || Object.hasOwn(partitions, partition)) return undefined;
  const near = findNearest(partition, Object.keys(partitions));
  const instead = near === undefined ? 'write `aws`' : `did you mean ${quote(near)}?`;
  const isNew = /^aws(-[a-z]+)+$/.test(partition) && !(near !== undefined && isSlip(partition, near));
  return { what: `${quote(partition)} is no partition`, instead, level: isNew ? 'warning' : 'error' };
}
