/** When the table was last compared with its source, the `partitions.json` of botocore 1.43.11. */
export const partitionsReadOn = '2026-11-23';

/** A partition: a group of regions with accounts, ARNs and service names of its own. */
export interface Partition {
  readonly regions: readonly string[];
  /**
   * The DNS suffix of service names, as `kms:ViaService` holds them. Outside `aws` this is read from the partition's own
   * suffix and has not been seen live.
   */
  readonly dnsSuffix: string;
}

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
export const partitions: Readonly<Record<string, Partition>> = {
  aws: {
    regions: [
      'af-south-1',
      'ap-east-1',
      'ap-east-2',
      'ap-northeast-1',
      'ap-northeast-2',
      'ap-northeast-3',
      'ap-south-1',
      'ap-south-2',
      'ap-southeast-1',
      'ap-southeast-2',
      'ap-southeast-3',
      'ap-southeast-4',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
      'ca-central-1',
      'ca-west-1',
      'eu-central-1',
      'eu-central-2',
      'eu-north-1',
      'eu-south-1',
      'eu-south-2',
      'eu-west-1',
      'eu-west-2',
      'eu-west-3',
      'il-central-1',
      'me-central-1',
      'me-south-1',
      'mx-central-1',
      'sa-east-1',
      'us-east-1',
      'us-east-2',
      'us-west-1',
      'us-west-2',
    ],
    dnsSuffix: 'amazonaws.com',
  },
  'aws-cn': {
    regions: ['cn-north-1', 'cn-northwest-1'],
    dnsSuffix: 'amazonaws.com.cn',
  },
  'aws-us-gov': { regions: ['us-gov-east-1', 'us-gov-west-1'], dnsSuffix: 'amazonaws.com' },
  'aws-eusc': { regions: ['eusc-de-east-1'], dnsSuffix: 'amazonaws.eu' },
  'aws-iso': { regions: ['us-iso-east-1', 'us-iso-west-1'], dnsSuffix: 'c2s.ic.gov' },
  'aws-iso-b': { regions: ['us-isob-east-1', 'us-isob-west-1'], dnsSuffix: 'sc2s.sgov.gov' },
  'aws-iso-e': { regions: ['eu-isoe-west-1'], dnsSuffix: 'cloud.adc-e.uk' },
  'aws-iso-f': { regions: ['us-isof-east-1', 'us-isof-south-1'], dnsSuffix: 'csp.hci.ic.gov' },
};

/** What the names of regions look like, also of those that are not known yet; in the RE2 subset. */
export const regionPattern = '^[a-z]{2,5}(-[a-z]{2,10}){1,3}-[0-9]{1,2}$';

/** The same of partitions. */
export const partitionPattern = '^aws(-[a-z]{1,10}){0,3}$';

/** Every region with its partition. */
export const partitionOfRegion: ReadonlyMap<string, string> = new Map(
  Object.entries(partitions).flatMap(([name, partition]) => partition.regions.map((region) => [region, name] as const)),
);
