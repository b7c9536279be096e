export { prove } from './prove.js';
export { record } from './record.js';
export { sandbox } from './sandbox.js';
export { why } from './why.js';
