export { compare } from './access/compare/compare.js';
export type { Comparable, Comparison, Relation, Witness } from './access/compare/compare.js';
export { prepare } from './access/compare/prepare.js';
export type { Prepared } from './access/compare/prepare.js';
export { combine } from './access/combine.js';
export { compile, decide } from './access/decide.js';
export type { DecidingStatement, Decision } from './access/decide.js';
export type { Caller } from './access/caller/caller.js';
export { issuerKeys, issuers, issuersReadOn, issuersSource } from './access/caller/issuers.js';
export type { IssuerKeys } from './access/caller/issuers.js';
export { callerOfToken, providerOf } from './access/caller/web-identity.js';
export type { RolePlace, WebIdentity, WebIdentityCaller } from './access/caller/web-identity.js';
export { DocumentError } from './access/documents.js';
export type { DocumentSource } from './access/documents.js';
export { runningStars } from './access/running-stars.js';
export type { RunningStar } from './access/running-stars.js';
export { split, SplitError } from './access/split.js';
export type { SplitOptions } from './access/split.js';
export { actionsWithoutPermission, needsNoPermission } from './access/without-permission.js';
export type { WithoutPermission } from './access/without-permission.js';
export { isInRange, readDate, readRange } from './access/match-value.js';
export type { AddressRange } from './access/match-value.js';
export { compilePattern, readPattern } from './access/pattern.js';
export type { ContextValue, Request } from './access/request.js';
export * from './catalog/index.js';
export type { AwsCaller, Claims, TokenCase, TrustSample } from './catalog/tokens.js';
export * from './catalog/trust-index.js';
export { parseArn } from './document/arn.js';
export { parseOperator } from './document/condition.js';
export type { Operator } from './document/condition.js';
export type { Arn } from './document/arn.js';
export { typeOf } from './document/document-type.js';
export type {
  ConditionBlock,
  DocumentType,
  PolicyDocument,
  Principal,
  Statement,
  Version,
} from './document/document.js';
export { JsonPlaces } from './document/json-places.js';
export type { FoundPlace, Places } from './document/json-places.js';
export { readJson } from './document/json.js';
export type { JsonReading } from './document/json.js';
export { readNumberLiteral, textOfNumber } from './document/number-literal.js';
export type { NumberLiteral } from './document/number-literal.js';
export { parse } from './document/parse.js';
export type { DocumentProblem, ParseResult, ParseSettings, Severity } from './document/parse.js';
export { print, printShortest } from './document/print.js';
export { didYouMean, findNearest, quote, visible } from './document/problem.js';
export type { Problem } from './document/problem.js';
export { withoutRepeats } from './document/repeats.js';
export { iamPrefixOf } from './document/service-names.js';
export { quotas, quotasReadOn, size } from './document/size.js';
export type { Quota } from './document/size.js';
export { LineIndex } from './document/text-place.js';
export type { PlacedProblem, TextPlace } from './document/text-place.js';
export { listAtoms } from './use-case/atoms.js';
export type { Atom } from './use-case/atoms.js';
export { listSwitches, optionsThatShow, untestedSwitches } from './use-case/switches.js';
export type { Switch, UntestedSwitch } from './use-case/switches.js';
export { boundary, boundaryOf } from './use-case/boundary.js';
export type { BoundaryPolicy } from './use-case/boundary.js';
export type { ClientUse, ProofOfAtom, ProofOutcome, RecordedProof } from './use-case/proof.js';
export { build, OptionsError, tryBuild } from './use-case/build.js';
export type { Attempt } from './use-case/build.js';
export { buildTrust } from './use-case/build-trust.js';
export type { BuiltTrust } from './use-case/build-trust.js';
export { defineTrust, isTrustEntry } from './use-case/trust.js';
export type { AnyEntry, OwnClaims, PrincipalTemplate, TrustEntry, TrustStatement } from './use-case/trust.js';
export { describeEvidence, reference, source, vendor } from './use-case/evidence.js';
export type { Evidence } from './use-case/evidence.js';
export {
  argument,
  argumentsFrom,
  belongs,
  defineDetection,
  field,
  flag,
  input,
  mayShow,
  shows,
  variable,
} from './use-case/detection.js';
export type { Detection, Sign, SignCondition, ValueForm, ValueSource } from './use-case/detection.js';
export { explain, findAction, listNotes, listPermissions } from './use-case/explain.js';
export type { Explanation, Permission } from './use-case/explain.js';
export { infer } from './use-case/infer/infer.js';
export type { Inference, InferSettings, Untold } from './use-case/infer/infer.js';
export { matchTemplate } from './use-case/infer/match-template.js';
export type { MatchSettings, TemplateMatch } from './use-case/infer/match-template.js';
export type { AskedRequest } from './use-case/infer/ways.js';
export { endingOf, endingPattern, isResourceForm } from './use-case/option/form.js';
export { hasForm } from './use-case/option/form-option.js';
export type { FormOption } from './use-case/option/form-option.js';
export type { FlagForm } from './use-case/option/flag.js';
export type { HclCheck, HclOfKind, HclWriter } from './use-case/option/hcl.js';
export type { JsonSchema } from './use-case/option/json-schema.js';
export { optionsSchema } from './use-case/option/options-schema.js';
export { isLeftOut, kindOf, takesSeveral } from './use-case/option/kind-of.js';
export type { ValueOf } from './use-case/option/kind-of.js';
export type { Draws, OptionKind, Setting } from './use-case/option/kind.js';
export * from './use-case/kinds/index.js';
export { place, scope } from './use-case/option.js';
export type { OptionSet, RefusedText, ResourceForm, TextForm, UrlForm } from './use-case/option.js';
export { partitionOfRegion, partitions, partitionsReadOn } from './use-case/place.js';
export type { Partition } from './use-case/place.js';
export { all, any, describePredicate, given, is, matches, not, several, strays, when } from './use-case/predicate.js';
export type { Predicate, When } from './use-case/predicate.js';
export { respell } from './use-case/host.js';
export type { Host, Place } from './use-case/host.js';
export type { Item } from './use-case/reading/reading.js';
export type { Resolved } from './use-case/resolve.js';
export { describeLimits } from './use-case/reading/text-problem.js';
export { account, arn, issuer, itself, partition, region, dnsSuffix, template, text } from './use-case/template.js';
export type { Slot, Template } from './use-case/template.js';
export { compareWithVendor, describeVendorComparison } from './use-case/compare-vendor.js';
export type { VendorPolicy, VendorStatement } from './use-case/vendor-policy.js';
export { defineUseCase, isWhen, unscoped } from './use-case/use-case.js';
export type {
  AnyStatement,
  ConditionTemplate,
  Entry,
  Note,
  OptionsOf,
  Refusal,
  ResourceReference,
  StatementTemplate,
  Unscoped,
  UseCase,
} from './use-case/use-case.js';
export { buildConfig, loadConfig } from './config/build-config.js';
export type { BuiltConfigRole, ConfigAttempt } from './config/build-config.js';
export { configVersion } from './config/config.js';
export type { Config, ConfigEntry, ConfigHalf, ConfigRole } from './config/config.js';
export { configSchema } from './config/config-schema.js';
export type { FileSystem, TextReader } from './config/file-system.js';
export { loadConfigFile } from './config/load-file.js';
export type { FileReaders, LoadedFile } from './config/load-file.js';
export { accountProblems, findMade } from './config/made-roles.js';
export { isMembers, refuseUnknown } from './config/members.js';
export type { Members } from './config/members.js';
export { readEntries } from './config/read-entries.js';
export type { Part } from './config/read-entries.js';
export { readConfig } from './config/read-config.js';
export type { ConfigReading } from './config/read-config.js';
export { placedLines, readJsonText, readYamlText } from './config/read-text.js';
export type { ReadText } from './config/read-text.js';
export type { YamlLibrary, YamlMessage, YamlText } from './config/yaml-library.js';
export { yamlPlaces } from './config/yaml-places.js';
export { buildRole, tryBuildRole, usualRoleName } from './role/build-role.js';
export type { RoleAttempt } from './role/build-role.js';
export { excludeEachOther } from './role/exclude.js';
export { leavesAsItWas } from './role/unreviewed-writes.js';
export { writingActions } from './role/writing-actions.js';
export type { Exclusion } from './role/exclude.js';
export { buildPair, exclusionProblems, splitPair, tryBuildPair } from './role/plan-and-apply.js';
export type { HalfInput, PairAttempt, PairInput, RolePair } from './role/plan-and-apply.js';
export type {
  BoundaryName,
  ChosenEntry,
  PolicySource,
  Role,
  RoleBoundary,
  RoleInput,
  RolePolicy,
  RoleProblem,
  RoleSettings,
} from './role/role.js';
export { assume } from './trust/assume.js';
export type { AssumeSettings, Assumption } from './trust/assume.js';
export type { FailedCondition } from './trust/ask.js';
export type { Change } from './trust/change.js';
export type { Cause, TrustExplanation } from './trust/explain.js';
export { controls, controlsReadOn, refusedControls } from './trust/controls.js';
export type { Control } from './trust/controls.js';
export { readToken } from './trust/token.js';
export type { TokenReading } from './trust/token.js';
export { unreviewedTokens } from './trust/review.js';
export type { UnreviewedToken } from './trust/review.js';
export { trustRisks } from './trust/risks.js';
export type { TrustRisk } from './trust/risk.js';
