import { hasForm, isResourceForm, kindOf, type Entry, type FormOption, type Problem } from '@postern/core';
import * as pulumi from '@pulumi/pulumi';
import { isType } from './resource.js';

type Properties = Readonly<Record<string, unknown>>;

const later = (value: unknown) => pulumi.output(value) as pulumi.Output<unknown>;

/** By type, and by the type that is asked for: what a resource says of others. Undefined values say nothing. */
const knowledge: Readonly<Record<string, Readonly<Record<string, (resource: Properties) => readonly unknown[]>>>> = {
  'AWS::S3::Bucket': {
    'AWS::KMS::Key': (bucket) => [later(bucket['serverSideEncryptionConfiguration']).apply(keyOfRule)],
  },
  'AWS::DynamoDB::Table': {
    'AWS::KMS::Key': (table) => [later(table['serverSideEncryption']).apply(keyOfTable)],
  },
  'AWS::ECS::Service': {
    'AWS::ECS::Cluster': (service) => [service['cluster']],
    'AWS::ECS::TaskDefinition': (service) => [later(service['taskDefinition']).apply(familyOf)],
  },
  'AWS::ECS::TaskDefinition': {
    'AWS::IAM::Role': (definition) => [definition['taskRoleArn'], definition['executionRoleArn']],
  },
  'AWS::CodeDeploy::DeploymentGroup': {
    'AWS::CodeDeploy::Application': (group) => [group['appName']],
    'AWS::CodeDeploy::DeploymentConfig': (group) => [group['deploymentConfigName']],
  },
};

/**
 * Fills options that are not given from the resources of the options they belong to; null keeps one out.
 * @param problems gets what is wrong once it is known
 */
export function fill(
  useCase: Entry,
  given: Readonly<Record<string, unknown>>,
  problems: Problem[],
): Record<string, unknown> {
  const options: Record<string, unknown> = { ...given };
  for (const [name, option] of Object.entries(useCase.options)) {
    if (!hasForm(option) || option.of === undefined || given[name] !== undefined) continue;
    const known = search(option, given[option.of]);
    if (known.length === 0) continue;
    options[name] = pulumi.all(known).apply((values) => {
      const texts = values.filter((value) => typeof value === 'string' && value !== '');
      const distinct = [...new Set(texts)].filter((text) => {
        if (!String(text).includes('alias/')) return true;
        void pulumi.log.warn(`\`${String(text)}\` of \`${option.of}\` is an alias: give its key as \`${name}\``);
        return false;
      });
      const kind = kindOf(option);
      if (!kind.several && distinct.length > 1) {
        const several = distinct.map((text) => `\`${String(text)}\``).join(', ');
        const message = `missing, and \`${option.of}\` belong to several, ${several}: make a policy for each, or give one`;
        problems.push({ path: name, message });
      }
      return kind.several || distinct.length === 1 ? kind.ofItems(distinct) : undefined;
    });
  }
  return options;
}

function search(option: FormOption, holders: unknown): unknown[] {
  const wanted = isResourceForm(option.form) ? (option.form.types ?? []) : [];
  return [holders].flat().flatMap((holder: unknown) => {
    if (!pulumi.Resource.isInstance(holder)) return [];
    const token = (holder as { __pulumiType?: unknown }).__pulumiType;
    if (typeof token !== 'string') return [];
    const type = Object.keys(knowledge).find((one) => isType(token, one)) ?? '';
    return wanted.flatMap((one) => knowledge[type]?.[one]?.(holder as unknown as Properties) ?? []);
  });
}

interface EncryptionRule {
  readonly rule?: { readonly applyServerSideEncryptionByDefault?: { readonly kmsMasterKeyId?: string } };
}

function keyOfRule(configuration: unknown): string | undefined {
  return (configuration as EncryptionRule | undefined)?.rule?.applyServerSideEncryptionByDefault?.kmsMasterKeyId;
}

function keyOfTable(encryption: unknown): string | undefined {
  return (encryption as { readonly kmsKeyArn?: string } | undefined)?.kmsKeyArn;
}

/** The family of the definition that a service runs: its ARN, or family and revision. */
function familyOf(definition: unknown): string | undefined {
  return typeof definition === 'string' ? /([^/:]+)(?::[0-9]+)?$/.exec(definition)?.[1] : undefined;
}
