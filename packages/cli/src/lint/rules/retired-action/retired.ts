/** A service that AWS has ended or renamed, by its prefix; read 2026-11-25 against the reference of 2026-09-26. */
export interface Retired {
  /** What became of it. */
  readonly what: string;
  readonly instead: string;
  readonly source: string;
}

const lifecycle = 'https://docs.aws.amazon.com/general/latest/gr/service-lifecycle.html';
const managed = (policy: string): string =>
  `https://docs.aws.amazon.com/aws-managed-policy/latest/reference/${policy}.html`;
const ended = (source: string): Retired => ({ what: 'AWS has ended the service', instead: 'take it out', source });
const renamed = (to: string, source: string): Retired => ({
  what: `the service is called \`${to}\` now`,
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
  honeycode: ended(lifecycle),
  iot1click: ended('https://docs.aws.amazon.com/iot-1-click/latest/developerguide/iot-1-click-end-of-life.html'),
  iotroborunner: ended('https://docs.aws.amazon.com/iotroborunner/latest/dev/iotroborunner-end-of-support.html'),
  macie: renamed('macie2', 'https://docs.aws.amazon.com/macie/latest/user/what-is-macie.html'),
  mobilehub: ended(managed('AWSMobileHub_FullAccess')),
  'sagemaker-groundtruth-synthetic': ended(lifecycle),
  sumerian: ended('https://docs.aws.amazon.com/sumerian/latest/userguide/what-is-sumerian.html'),
  worklink: ended(lifecycle),
  zocalo: renamed('workdocs', 'https://docs.aws.amazon.com/workdocs/latest/adminguide/security-iam.html'),
};

const classicHsm = ended('https://docs.aws.amazon.com/cloudhsm/classic/APIReference/Welcome.html');
const billing: Retired = {
  what: 'AWS has replaced the action by finer ones',
  instead: 'name those of `billing`, `account`, `payments`, `cur` and such that the job needs',
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

/** The services that have ended, by their prefixes. */
export const retiredServices: readonly string[] = Object.keys(services);
