export { startSandbox } from './server/sandbox.js';
export type { Sandbox, SandboxSettings } from './server/sandbox.js';
export { clientsFolder, findTools, installedPath, versionOf } from './prove/find-tools.js';
export { describeOrigin, pinnedVersion, type GoOrigin, type Origin } from './prove/origin.js';
export { aboutTool, toolNames, toolVariable, type FoundTool, type ProgramName, type ToolAbout } from './prove/tools.js';
