// What of the command line runs in a browser too: nothing here may reach a module of Node.
export { fitsOf, type Fits, type ToldFit } from './commands/check/fits.js';
export { allowing, answerOf, areGuessed, subjectOf, type Subject } from './commands/check/subject.js';
export { proposeFix, type ProposedPolicy } from './commands/check/proposal.js';
export { tell, verdictOf, type FindingsSection, type ToldAnswer, type ToldFinding } from './commands/check/told.js';
export { findIn, type RepositoryFiles } from './commands/init/find.js';
export {
  isCiFile,
  isIgnored,
  isSkipped,
  isWanted,
  largestFile,
  largestSingle,
  mostBytes,
  mostEntries,
  noText,
  originIn,
  readIgnored,
  rulesBelow,
  tooLarge,
  type Ignored,
} from './commands/init/left-out.js';
export {
  choicesOf,
  messageOf,
  openQuestions,
  readAnswer,
  withAnswers,
  type OpenQuestion,
} from './commands/init/open-questions.js';
export { headings, reportOf, type Report } from './commands/init/report.js';
export { flagsFor } from './commands/why/advice.js';
export { firstFile, noRole } from './config/first-file.js';
export { schemaHint } from './config/schema-hint.js';
export { InputError } from './errors.js';
export { formats } from './formats/index.js';
export { describeReference, lintText, type LintAnswer } from './lint/answer.js';
export { sayFinding, type LintFinding } from './lint/finding.js';
export { ServiceReference } from './lint/service-reference.js';
export { flagsText } from './options/command-line.js';
export type { Drawing } from './picture/bands.js';
export { drawPicture } from './picture/draw.js';
export { describePicture } from './picture/words.js';
export { commandLine, describeProblem, kebabCase, placeNames } from './options/spell.js';
export { inputOf } from './policies/chosen.js';
export type { FoundPolicies } from './policies/found.js';
export { findInText } from './policies/in-text.js';
export { placeOf } from './policies/place.js';
export type { Format, Generated } from './printing/format.js';
export { describeSize, describeTrustSize, oversizeProblems, oversizeTrustProblems } from './printing/policy-size.js';
export { proofText } from './printing/proof-text.js';
export { openKeys, symbolicPlace, typicalDocument } from './printing/symbolic-place.js';
export { placeNotes, usualPartition } from './printing/usual-place.js';
export { flagOf, type GivenEntry } from './roles/given-role.js';
export { printRole, type PrintedRole, type RoleLine } from './roles/print-role.js';
export { roleSettings, type WrittenSettings } from './roles/settings.js';
export { divide } from './commands/generate/divide.js';
export { describeParts } from './documents/parts.js';
export { shellWord } from './options/command-line.js';
export { exampleCommand, exampleOptions } from './use-cases.js';
