import { defineDetection, flag, mayShow } from '../../../use-case/detection.js';

export const cdkBootstrapRolesDetection = defineDetection({
  signs: [
    // A template of one's own is where these policies go.
    mayShow('$ cdk bootstrap', { when: { has: flag('--template') }, options: { qualifier: flag('--qualifier') } }),
  ],
});
