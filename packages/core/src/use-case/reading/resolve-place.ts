import { didYouMean, quote } from '../../document/problem.js';
import { spellOption, type Place } from '../host.js';
import type { OptionSet } from '../option.js';
import { hasForm } from '../option/form-option.js';
import { partitionOfRegion, partitions, partitionsReadOn } from '../place.js';
import { isDeferred, itemsIn, placeParts, report, type PlacePart, type Reading } from './reading.js';

/** The place of the resources: as given, else as their ARNs say, else where the host is. */
export function resolvePlace(reading: Reading): Place {
  const { anchors, host } = reading;
  const explicit: Place = {
    account: given(reading, 'account'),
    region: given(reading, 'region'),
    partition: given(reading, 'partition'),
  };
  const place: Place = { ...explicit };
  checkRegion(reading, explicit);
  readRegions(reading, explicit);
  if (anchors.length > 0) for (const part of placeParts) place[part] = compareAnchors(reading, part, explicit[part]);
  if (explicit.partition === undefined) compareRegion(reading, explicit.region);
  if (place.region !== undefined) place.partition ??= partitionOfRegion.get(place.region);
  place.account ??= host.place?.account;
  place.region ??= host.place?.region;
  place.partition ??= partitionOfRegion.get(place.region ?? '') ?? host.place?.partition;
  return place;
}

function given({ values }: Reading, part: PlacePart): string | undefined {
  return itemsIn(values[part])[0]?.name;
}

/** A part of the place as given, else as the first ARN that supplies it says; the others must say the same. */
function compareAnchors(reading: Reading, part: PlacePart, explicit: string | undefined): string | undefined {
  const { anchors, host } = reading;
  const supplied = anchors.find((anchor) => anchor.part === part && anchor.supplies);
  for (const anchor of anchors) {
    if (anchor.part !== part) continue;
    const other = explicit ?? (anchor.supplies ? supplied?.value : undefined);
    if (other === undefined || other === anchor.value || isDeferred(reading, other)) continue;
    const whose = spellOption(host, explicit === undefined ? (supplied?.path ?? part) : part);
    const says = `has the ${part} ${quote(anchor.value)}, and ${whose} says ${quote(other)}`;
    report(reading, anchor.path, `${quote(anchor.arn)} ${says}: make them agree`);
  }
  return explicit ?? supplied?.value;
}

/** Where no partition is given, the region says it, also for ARNs that have none themselves. */
function compareRegion(reading: Reading, region: string | undefined): void {
  const expected = partitionOfRegion.get(region ?? '');
  if (region === undefined || expected === undefined) return;
  const others = reading.anchors.filter(({ part, value }) => part === 'partition' && value !== expected);
  if (others.length === 0) return;
  const whose = `${spellOption(reading.host, 'region')} ${quote(region)} is in ${quote(expected)}`;
  const hasRegion = new Set(reading.anchors.filter(({ part }) => part === 'region').map(({ path }) => path));
  for (const { value, path, arn } of others)
    if (!hasRegion.has(path))
      report(reading, path, `${quote(arn)} has the partition ${quote(value)}, and ${whose}: make them agree`);
}

/** Regions in other options than `region` say the partition as ARNs do, and supply it where `region` does not. */
function readRegions(reading: Reading, { region, partition }: Place): void {
  const mayBeNew = partition !== undefined && reading.values['allowUnknownRegion'] === true;
  const supplies = !partitionOfRegion.has(region ?? '');
  for (const option of regionOptionsOf(reading.entry.options as OptionSet)) {
    itemsIn(reading.values[option]).forEach((item, index) => {
      const { name = '' } = item;
      if (isDeferred(reading, name) || reading.placeholders.has(item)) return;
      const path = `${option}[${index}]`;
      const value = partitionOfRegion.get(name);
      if (value !== undefined) reading.anchors.push({ part: 'partition', value, path, arn: name, supplies });
      else if (!mayBeNew) reportUnknown(reading, path, name);
    });
  }
}

const regionOptions = new WeakMap<OptionSet, readonly string[]>();

/** The options besides `region` that take regions. The options of an entry never change, so they are looked up once. */
function regionOptionsOf(options: OptionSet): readonly string[] {
  const known = regionOptions.get(options);
  if (known !== undefined) return known;
  const found = Object.entries(options).flatMap(([name, option]) =>
    name !== 'region' && hasForm(option) && option.form.isRegion === true ? [name] : [],
  );
  regionOptions.set(options, found);
  return found;
}

/** Whether something is wrong with it already, such as its form. */
function isReported({ problems }: Reading, path: string): boolean {
  return problems.some((problem) => problem.path === path);
}

function reportUnknown(reading: Reading, path: string, region: string): void {
  if (isReported(reading, path)) return;
  const hint = didYouMean(region, partitionOfRegion.keys()) || ':';
  const needs = ['partition', 'allowUnknownRegion'].map((name) => spellOption(reading.host, name)).join(' and ');
  const known = `is no region known on ${partitionsReadOn}${hint} a newer one needs ${needs}`;
  report(reading, path, `${quote(region)} ${known}`);
}

function checkRegion(reading: Reading, { region, partition }: Place): void {
  const allowUnknown = reading.values['allowUnknownRegion'] === true;
  const knownPartition = partition !== undefined && !isDeferred(reading, partition) ? partition : undefined;
  if (knownPartition !== undefined && !Object.hasOwn(partitions, knownPartition) && !allowUnknown) {
    const names = Object.keys(partitions);
    const hint = didYouMean(knownPartition, names) || `: use one of ${names.map(quote).join(', ')}`;
    const message = `${quote(knownPartition)} is no partition known on ${partitionsReadOn}${hint}`;
    if (!isReported(reading, 'partition')) report(reading, 'partition', message);
    return;
  }
  if (region === undefined || isDeferred(reading, region)) return;
  const expected = partitionOfRegion.get(region);
  if (expected !== undefined) {
    if (knownPartition === undefined || knownPartition === expected) return;
    const wrong = `the region ${quote(region)} is in ${quote(expected)}, not in ${quote(knownPartition)}`;
    report(reading, 'partition', `${wrong}: leave the partition out`);
  } else if (partition === undefined || !allowUnknown) {
    reportUnknown(reading, 'region', region);
  }
}
