import { didYouMean, quote } from '../../document/problem.js';
import type { FormOption } from '../option/form-option.js';
import { partitionOfRegion, partitionPattern, partitions, regionPattern } from '../place.js';
import { isDeferred, placeParts, report, type PlacePart, type Reading } from './reading.js';
import type { AskedText } from './text-problem.js';

/** Notes what an ARN says of the place, as far as it is known. */
export function anchor(
  reading: Reading,
  path: string,
  option: FormOption,
  arn: string,
  place: Partial<Record<PlacePart, string>>,
): void {
  for (const part of placeParts) {
    const value = place[part] ?? '';
    if (value === '' || isDeferred(reading, value) || (option.elsewhere && part !== 'partition')) continue;
    reading.anchors.push({ part, value, path, arn, supplies: option.anchors.includes(part) });
  }
}

/** Checks the place that an ARN says, and notes it. */
export function checkArnPlace(
  reading: Reading,
  { path, option }: AskedText,
  arn: string,
  place: Readonly<Record<PlacePart, string>>,
): void {
  const { partition, region, account } = place;
  if (account !== '' && !isDeferred(reading, account) && !/^[0-9]{12}$/.test(account)) {
    report(reading, path, `${quote(arn)} has ${quote(account)} for an account: write 12 digits`);
    return;
  }
  if (region !== '' && !isDeferred(reading, region) && !new RegExp(regionPattern).test(region)) {
    report(reading, path, `${quote(arn)} has ${quote(region)} for a region: write one, such as \`eu-west-1\``);
    return;
  }
  const isPartitionKnown = !isDeferred(reading, partition);
  const mayBeNew = reading.values['allowUnknownRegion'] === true && new RegExp(partitionPattern).test(partition);
  if (isPartitionKnown && !Object.hasOwn(partitions, partition) && !mayBeNew) {
    const hint = didYouMean(partition, Object.keys(partitions));
    report(reading, path, `${quote(arn)} has ${quote(partition)} for a partition${hint || ': use `aws`'}`);
    return;
  }
  anchor(reading, path, option, arn, place);
  const expected = isPartitionKnown ? partitionOfRegion.get(region) : undefined;
  if (expected === undefined || expected === partition) return;
  const whose = `has the partition ${quote(partition)}, and its region is in ${quote(expected)}`;
  report(reading, path, `${quote(arn)} ${whose}: make them agree`);
}
