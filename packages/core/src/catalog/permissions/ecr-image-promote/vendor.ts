import type { VendorPolicy } from '../../../use-case/vendor-policy.js';
import { vendors as push } from '../ecr-docker-push/vendor.js';

const options = { from: ['staging/app'], to: ['production/app'], account: '123456789012', region: 'eu-west-1' };

/** No vendor publishes a policy for promotion alone: users take the one for pushing. */
export const vendors: readonly VendorPolicy[] = push.map((policy) => ({ ...policy, options }));
