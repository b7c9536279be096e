import {
  listNotes,
  OptionsError,
  print,
  quotas,
  size,
  tryBuild,
  type Attempt,
  type Entry,
  type OptionsOf,
  type Problem,
  type ResourceForm,
  type UseCase,
  type ValueOf,
} from '@postern/core';
import { Policy } from '@pulumi/aws/iam/policy.js';
import * as pulumi from '@pulumi/pulumi';
import { attach, type Attached } from './attach.js';
import { convertAll, isLater, withoutPlace } from './convert.js';
import { placeOfProvider } from './provider-place.js';
import type { Reference, ResourceOf } from './resource.js';

/** What the managed policy is called, and the roles, users and groups it is attached to: resources or names. */
export interface AttachmentArgs extends Attached {
  readonly policyName?: pulumi.Input<string>;
  /** The description; the title of the use case where it is not given. */
  readonly description?: pulumi.Input<string>;
  readonly path?: pulumi.Input<string>;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

type ItemOf<O> = O extends { readonly form: infer Form }
  ? Form extends ResourceForm<infer Type>
    ? string | Reference | ResourceOf<Type>
    : string
  : string;

/** What a resource of another option knows may be left out, or be null to keep it out. */
type NullOf<O> = O extends { readonly of: string } ? null : never;

type RequiredNames<Options> = {
  [Name in keyof Options]: Options[Name] extends {
    readonly required: true;
    readonly scoped: false;
    readonly of: undefined;
  }
    ? Name
    : never;
}[keyof Options];

type OptionNames<U extends Entry> = keyof U['options'] & keyof OptionsOf<U>;

type PulumiValue<U extends Entry, Name extends OptionNames<U>> =
  | pulumi.Input<ValueOf<U['options'][Name], pulumi.Input<ItemOf<U['options'][Name]>>>>
  | NullOf<U['options'][Name]>;

/** The options of an entry, each an input, with resources of their kind wherever a name or an ARN is taken. */
export type PulumiOptionsOf<U extends Entry> = {
  readonly [Name in OptionNames<U> & RequiredNames<U['options']>]: PulumiValue<U, Name>;
} & {
  readonly [Name in Exclude<OptionNames<U>, RequiredNames<U['options']>>]?: PulumiValue<U, Name> | undefined;
};

/** The options of a use case, and what its policy is called and attached to. */
export type UseCasePolicyArgs<U extends UseCase> = PulumiOptionsOf<U> & AttachmentArgs;

/**
 * The least-privilege policy of any use case, as a managed policy. Account, region and partition are those of the
 * provider where neither the options nor their ARNs say others.
 */
export class UseCasePolicy<U extends UseCase = UseCase> extends pulumi.ComponentResource {
  /** The managed policy. */
  readonly policy: Policy;
  /** The policy document as JSON, in canonical form. */
  readonly policyJson: pulumi.Output<string>;
  /** The ARN of the managed policy. */
  readonly arn: pulumi.Output<string>;

  /**
   * Invalid options are reported with the resource's name: at once where all are known, else once they are.
   */
  constructor(name: string, useCase: U, args: UseCasePolicyArgs<U>, opts?: pulumi.ComponentResourceOptions) {
    super(`postern:index:${useCase.id}`, name, {}, opts);
    const { policyName, description, path, tags, roles, users, groups, ...options } = args as AttachmentArgs &
      Record<string, unknown>;
    this.policyJson = renderJson(name, useCase, options, this);
    this.policy = new Policy(
      name,
      {
        policy: this.policyJson,
        description: description ?? useCase.title,
        ...(policyName === undefined ? {} : { name: policyName }),
        ...(path === undefined ? {} : { path }),
        ...(tags === undefined ? {} : { tags }),
      },
      { parent: this },
    );
    this.arn = this.policy.arn;
    attach(name, this.arn, { roles, users, groups }, this);
    this.registerOutputs({ policyJson: this.policyJson, arn: this.arn });
  }
}

/** The document once every input is known; an unknown one leaves the whole unknown, and a secret one secret. */
function renderJson(
  name: string,
  useCase: UseCase,
  options: Record<string, unknown>,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const wrong: Problem[] = [];
  const converted = convertAll(useCase, options, wrong);
  refuse(name, useCase, wrong);
  if (!isLater(converted)) refuse(name, useCase, withoutPlace(tryBuild(useCase, converted).problems));
  const known = pulumi.output(converted as unknown) as pulumi.Output<Record<string, unknown>>;
  return known.apply((values): pulumi.Output<string> => {
    refuse(name, useCase, wrong);
    const attempt = tryBuild(useCase, values);
    if (attempt.problems.length === 0) return pulumi.output(finish(name, useCase, attempt, parent));
    refuse(name, useCase, withoutPlace(attempt.problems));
    return placeOfProvider(parent).apply((place) => {
      const placed = tryBuild(useCase, values, { place });
      refuse(name, useCase, placed.problems);
      return finish(name, useCase, placed, parent);
    });
  });
}

/** The document as text; what the user should know besides is logged. */
function finish(name: string, useCase: UseCase, { document, resolved }: Attempt, resource: pulumi.Resource): string {
  const { title, characters } = quotas.managedPolicy;
  if (size(document) > characters) {
    const say = `the document has ${size(document)} characters, and ${title} at most ${characters}`;
    throw new Error(`${name}: ${say}: give fewer names and make another policy for the rest`);
  }
  for (const note of listNotes(useCase, resolved)) void pulumi.log.info(note, resource);
  return print(document, 0);
}

function refuse(name: string, useCase: UseCase, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const error = new OptionsError(useCase.id, problems);
  error.message = `${name}: ${error.message}`;
  throw error;
}
