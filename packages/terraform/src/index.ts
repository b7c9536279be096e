export { renderDocument } from './document.js';
export { escaped, quoted, snakeCase } from './hcl.js';
export { renderModule } from './module.js';
