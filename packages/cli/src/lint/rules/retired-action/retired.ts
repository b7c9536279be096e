/**
 * A service or an action that AWS has retired. Whether the service reference still lists it is tested; what became of the
 * others is by a page that is cited, not read.
 */
export interface Retired {
  /** What became of it. */
  readonly what: string;
  readonly instead: string;
  readonly source: string;
  /** Whether the service reference lists it all the same. */
  readonly isListed?: true;
}

const lifecycle = 'https://docs.aws.amazon.com/general/latest/gr/service-lifecycle.html';
const managed = (policy: string): string =>
  `https://docs.aws.amazon.com/aws-managed-policy/latest/reference/${policy}.html`;
const ended = (source: string): Retired => ({ what: 'AWS lists the service no more', instead: 'take it out', source });
/** The page of the SDK was read on 2026-11-26. */
const deprecated = (source: string): Retired => ({
  what: 'AWS has deprecated its SDK',
  instead: 'take it out if no one uses the service',
  source,
  isListed: true,
});
const renamed = (to: string, source: string): Retired => ({
  what: `AWS lists \`${to}\` in its place`,
  instead: `write \`${to}\`, or take it out`,
  source,
});

const services: Readonly<Record<string, Retired>> = {
  'catalog-admin': renamed('servicecatalog', managed('AWSServiceCatalogAdminFullAccess')),
  'catalog-user': renamed('servicecatalog', managed('AWSServiceCatalogEndUserFullAccess')),
  crowd: ended('https://docs.aws.amazon.com/sagemaker/latest/dg/security-iam-awsmanpol-ground-truth.html'),
  deepcomposer: ended(lifecycle),
  deeplens: ended('https://aws.amazon.com/deeplens/'),
  deepracer: ended(lifecycle),
  'ec2-reports': ended(managed('job-function-Billing')),
  'elastic-inference': ended('https://docs.aws.amazon.com/elastic-inference/latest/developerguide/what-is-ei.html'),
  gamesparks: ended(lifecycle),
  honeycode: deprecated('https://rubygems.org/gems/aws-sdk-honeycode'),
  iot1click: ended('https://docs.aws.amazon.com/iot-1-click/latest/developerguide/iot-1-click-end-of-life.html'),
  iotroborunner: ended('https://docs.aws.amazon.com/iotroborunner/latest/dev/iotroborunner-end-of-support.html'),
  macie: renamed('macie2', 'https://docs.aws.amazon.com/macie/latest/user/what-is-macie.html'),
  mobilehub: ended(managed('AWSMobileHub_FullAccess')),
  'sagemaker-groundtruth-synthetic': ended(lifecycle),
  sumerian: ended('https://docs.aws.amazon.com/sumerian/latest/userguide/what-is-sumerian.html'),
  worklink: deprecated('https://rubygems.org/gems/aws-sdk-worklink'),
  zocalo: renamed('workdocs', 'https://docs.aws.amazon.com/workdocs/latest/adminguide/security-iam.html'),
};

const classicHsm = ended('https://docs.aws.amazon.com/cloudhsm/classic/APIReference/Welcome.html');
/** The page was read on 2026-11-26. */
const billing: Retired = {
  isListed: true,
  what: 'its standard support has ended and finer actions have taken its place',
  instead: 'name those of `billing`, `account`, `payments`, `purchase-orders`, `cur` and such that the job needs',
  source:
    'https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/migrate-granularaccess-iam-mapping-reference.html',
};

/** Actions that AWS has retired in services that live on, in lower case. */
const actions: Readonly<Record<string, Retired>> = {
  'cloudhsm:createlunaclient': classicHsm,
  'cloudhsm:deletelunaclient': classicHsm,
  'cloudhsm:describelunaclient': classicHsm,
  'cloudhsm:modifylunaclient': classicHsm,
  'cloudhsm:describehapg': classicHsm,
  'cloudhsm:modifyhapg': classicHsm,
  'cloudhsm:getconfig': classicHsm,
  'aws-portal:viewbilling': billing,
  'aws-portal:modifybilling': billing,
  'aws-portal:viewaccount': billing,
  'aws-portal:modifyaccount': billing,
  'aws-portal:viewpaymentmethods': billing,
  'aws-portal:modifypaymentmethods': billing,
  'aws-portal:viewusage': billing,
  'purchase-orders:viewpurchaseorders': billing,
  'purchase-orders:modifypurchaseorders': billing,
};
/** What became of a service; undefined where nothing is known of its end. */
export function retiredServiceOf(service: string): Retired | undefined {
  const name = service.toLowerCase();
  return Object.hasOwn(services, name) ? services[name] : undefined;
}

/** What became of an action; undefined where nothing is known of its end. */
export function retiredActionOf(action: string): Retired | undefined {
  const name = action.toLowerCase();
  return Object.hasOwn(actions, name) ? actions[name] : undefined;
}

/** The actions that are retired in services that live on. */
export const retiredActions: readonly (readonly [action: string, retired: Retired])[] = Object.entries(actions);

/** The services that are retired, by their prefixes. */
export const retiredServices: readonly (readonly [service: string, retired: Retired])[] = Object.entries(services);
