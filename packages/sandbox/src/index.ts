export { startSandbox } from './server/sandbox.js';
export type { Sandbox, SandboxSettings } from './server/sandbox.js';
