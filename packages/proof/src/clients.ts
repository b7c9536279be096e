// Which programs the proofs run, and where they are; apart from the plans, for who only asks for these.
export { clientsFolder, findTools, installedPath } from './find-tools.js';
export {
  describeOrigin,
  pinnedVersion,
  type GoOrigin,
  type KeptOrigin,
  type NpmOrigin,
  type Origin,
} from './origin.js';
export {
  aboutTool,
  describeInstall,
  toolNames,
  toolVariable,
  type FoundTool,
  type FoundTools,
  type ProgramName,
  type ToolAbout,
} from './tools.js';
