import { stringify } from 'yaml';
import { policiesOf, type Generated } from './format.js';
import { isSymbolic, mapTexts, writePlace } from './symbolic-place.js';

const pseudoParameters = {
  account: '${AWS::AccountId}',
  region: '${AWS::Region}',
  partition: '${AWS::Partition}',
  dnsSuffix: '${AWS::URLSuffix}',
};

/** Prints a CloudFormation template with one managed policy, as JSON. */
export function printCloudFormationJson(generated: Generated): string {
  return `${JSON.stringify(templateOf(generated), null, 2)}\n`;
}

/** The same template as YAML, texts in double quotes, intrinsics in their long form. */
export function printCloudFormationYaml(generated: Generated): string {
  return asYaml(templateOf(generated));
}

/** A template with a role that has the document as its trust policy, as JSON. */
export function printRoleJson(generated: Generated): string {
  return `${JSON.stringify(roleTemplateOf(generated), null, 2)}\n`;
}

/** The same template as YAML. */
export function printRoleYaml(generated: Generated): string {
  return asYaml(roleTemplateOf(generated));
}

/** A template as YAML, texts in double quotes, intrinsics in their long form. */
export function asYaml(template: object): string {
  return stringify(template, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 });
}

function templateOf(generated: Generated): object {
  const { useCase } = generated;
  const policies = policiesOf(generated);
  const resources = policies.map(({ document, name, suffix }) => [
    `Policy${suffix}`,
    {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        ManagedPolicyName: name,
        Description: useCase.title,
        PolicyDocument: mapTexts(document, substituted),
      },
    },
  ]);
  const outputs = policies.map(({ suffix }) => [
    `Policy${suffix}Arn`,
    { Description: 'The ARN of the managed policy.', Value: { Ref: `Policy${suffix}` } },
  ]);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: useCase.title,
    Resources: Object.fromEntries(resources) as object,
    Outputs: Object.fromEntries(outputs) as object,
  };
}

function roleTemplateOf({ useCase, document, name }: Generated): object {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: useCase.title,
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: name,
          Description: useCase.title,
          AssumeRolePolicyDocument: mapTexts(document, substituted),
        },
      },
    },
    Outputs: { RoleArn: { Description: 'The ARN of the role.', Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  };
}

/** A text with pseudo parameters goes through `Fn::Sub`, which would take a policy variable for a parameter of its own. */
export function substituted(text: string): string | { 'Fn::Sub': string } {
  if (!isSymbolic(text)) return text;
  return { 'Fn::Sub': writePlace(text, pseudoParameters, (literal) => literal.replaceAll('${', () => '${!')) };
}
