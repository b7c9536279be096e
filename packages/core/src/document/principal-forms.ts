import { parseArn } from './arn.js';
import { quote } from './problem.js';
import type { TextProblem } from './text-forms.js';

/** The types of principals, as AWS writes them. */
export const principalTypes: readonly string[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/**
 * The identity providers that AWS knows without an ARN.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export const builtInProviders: readonly string[] = [
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
];

/**
 * What is wrong with one text of a principal: IAM refuses it, or it stands for nobody any more.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalProblem(type: string, text: string): TextProblem | undefined {
  const found = quote(text);
  const error = (message: string): TextProblem => ({ severity: 'error', message });
  if (text !== '*' && text.includes('*')) {
    return error(
      `${found} has a wildcard in a part of a principal, where AWS knows none: it is nobody, name it in full`,
    );
  }
  switch (type) {
    case 'AWS':
      if (/^A(IDA|ROA)[A-Z0-9]{4,}$/.test(text)) {
        const message = `${found} is the id that AWS leaves where a principal was deleted: name its successor, or take it out`;
        return { severity: 'warning', message };
      }
      if (text === '*' || /^\d{12}$/.test(text) || isAwsPrincipal(text)) return undefined;
      return error(`${found} is no AWS principal: give an account, or the ARN of a role, a user or a role session`);
    case 'Federated':
      if (text === '*' || builtInProviders.includes(text) || isProvider(text)) return undefined;
      return error(
        `${found} is no identity provider: give the ARN of one, \`arn:aws:iam::ACCOUNT:oidc-provider/HOST\``,
      );
    case 'Service':
      if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text)) return undefined;
      return error(`${found} is no service principal: it is written like \`ec2.amazonaws.com\``);
    default:
      if (/^[0-9a-f]{64}$/i.test(text)) return undefined;
      return error(`${found} is no canonical user id: it has 64 hexadecimal digits`);
  }
}

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html */
const originAccessIdentity = /^arn:[^:]+:iam::cloudfront:user\/CloudFront Origin Access Identity [A-Z0-9]+$/;

function isAwsPrincipal(text: string): boolean {
  const arn = parseArn(text);
  if (arn === undefined || arn.region !== '') return false;
  if (originAccessIdentity.test(text)) return true;
  if (!/^(\d{12}|aws)$/.test(arn.account)) return false;
  if (arn.service === 'iam') return /^(root|(user|role)\/.+)$/.test(arn.resource);
  return arn.service === 'sts' && /^(assumed-role\/[^/]+\/.+|federated-user\/.+)$/.test(arn.resource);
}

function isProvider(text: string): boolean {
  const arn = parseArn(text);
  const isInIam = arn !== undefined && arn.service === 'iam' && arn.region === '' && /^\d{12}$/.test(arn.account);
  return isInIam && /^(oidc|saml)-provider\/(?!https?:)[^\s]+$/.test(arn.resource);
}
