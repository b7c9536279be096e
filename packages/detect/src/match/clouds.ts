import type { CiJob } from '../event.js';
import { originsOf } from '../values/value.js';

const aws = /(^|_)AWS|^aws/i;
const others =
  /^(ARM|AZURE|GOOGLE|GCP|GCLOUD|CLOUDSDK|DIGITALOCEAN|DO_|HCLOUD|LINODE|OCI|OPENSTACK|OS_|SCW|VULTR|YC|ALICLOUD|IBMCLOUD|TF_HTTP|TF_API_TOKEN|TFE_TOKEN|TFC|TF_CLOUD|TF_TOKEN_app)|_GCP_|GCP_|AZURE_|GOOGLE_/i;
const otherSteps = /^(uses (google-github-actions|azure)\/|task (Azure|TerraformTaskV\d$))/i;
const awsSteps = /aws/i;

/** Whether a job works with another cloud and nothing in it says AWS. */
export function worksElsewhere({ names, events }: CiJob): boolean {
  if (names.some((name) => aws.test(name))) return false;
  const steps = events.filter(({ kind }) => kind === 'step').map((event) => (event.kind === 'step' ? event.name : ''));
  if (steps.some((name) => awsSteps.test(name))) return false;
  if (events.some((event) => event.kind === 'call' && event.words[0]?.[0]?.[0] === 'aws')) return false;
  if (steps.some((name) => otherSteps.test(name))) return true;
  if (
    events.some(
      (event) =>
        event.kind === 'call' && ['gcloud', 'az', 'doctl', 'gsutil'].includes(String(event.words[0]?.[0]?.[0])),
    )
  )
    return true;
  const read = events.flatMap((event) => [...event.variables.values()].flatMap(originsOf));
  return [...names, ...read.map((from) => from.replace(/^(secrets|vars)\.|^\$/, ''))].some((name) => others.test(name));
}
