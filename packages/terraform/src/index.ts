export { renderDocument, renderPartitions } from './document.js';
export type { DocumentSettings } from './document.js';
export { escaped, quoted, snakeCase } from './hcl.js';
export { renderModule } from './module.js';
export { renderRoleModule, roleModule } from './role-module.js';
export { renderRolePairModule, rolePairModule } from './role-pair-module.js';
