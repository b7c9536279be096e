// What these commands do, in a file of its own: the executable loads it when one of them runs.
export { prove } from './prove/run.js';
export { record } from './record/run.js';
export { sandbox } from './sandbox/run.js';
export { why } from './why/run.js';
