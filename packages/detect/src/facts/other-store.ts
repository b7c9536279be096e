import { leadsElsewhere } from '../match/vendors.js';
import { literalsOf, onlyLiteral, type Value } from '../values/value.js';

/** What only stores of other vendors need: S3 has accounts and checksums. */
const withoutAws = ['skip_requesting_account_id', 'skip_s3_checksum'];

/** Whether settings of an S3 backend lead to another vendor's store. */
export function isOtherStore(settings: ReadonlyMap<string, Value>, endpoints?: ReadonlyMap<string, Value>): boolean {
  const given = settings.get('endpoint') ?? endpoints?.get('s3') ?? settings.get('endpoints');
  return (
    leadsElsewhere(given) ||
    onlyLiteral(settings.get('region') ?? []) === 'auto' ||
    withoutAws.some((name) => literalsOf(settings.get(name) ?? []).includes('true'))
  );
}
