import { once } from '../../document/once.js';
import { colon, isPlain, isSymbol, oneInPart, run, runInPart, type Letters } from './letters.js';
import { anyArn, type TextPattern } from './text-pattern.js';
import { fill, type Example } from './text-set.js';

/** Actions that everybody knows, to make a witness easy to read. They are no limit: an action no one knows yet counts. */
const familiarActions = [
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:ListBucket',
  'ec2:RunInstances',
  'ec2:DescribeInstances',
  'iam:PassRole',
  'iam:CreateUser',
  'iam:GetRole',
  'sts:AssumeRole',
  'sts:AssumeRoleWithWebIdentity',
  'kms:Decrypt',
  'ecr:PutImage',
  'ecs:UpdateService',
  'lambda:InvokeFunction',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'secretsmanager:GetSecretValue',
];
const familiarSpellings = once(() => new Map(familiarActions.map((action) => [action.toLowerCase(), action])));

const actionExamples = new WeakMap<TextPattern, string[]>();

/** Familiar actions that the pattern matches, then one that is made up. */
export const exampleActions: Example = (pattern) => {
  let texts = actionExamples.get(pattern);
  if (texts === undefined) {
    texts = [...familiarSpellings().keys()].filter((action) => pattern.matches(action));
    const made = fill(pattern.letters, 'x');
    if (made !== undefined) texts.push(made);
    actionExamples.set(pattern, texts);
  }
  return texts;
};

/** Writes an action of a witness as the policy, or AWS, does. */
export function spellAction(action: string, spellings: readonly string[]): string {
  const familiar = familiarSpellings().get(action);
  if (familiar !== undefined) return familiar;
  let best = '';
  for (const spelling of spellings) {
    const start = spelling.slice(0, (spelling + '*').search(/[*?]/));
    if (start.length > best.length && action.startsWith(start.toLowerCase())) best = start;
  }
  return best + action.slice(best.length);
}

const fillings = ['arn', 'aws', 's3', 'us-east-1', '111122223333'];

/** An ARN of the action's service where the pattern leaves that open. */
export function exampleResources(action: string): Example {
  return (pattern) => {
    if (pattern !== anyArn) return fillArn(pattern.letters);
    const service = action.slice(0, action.indexOf(':'));
    const place = service === 's3' ? ':' : service === 'iam' ? ':111122223333' : 'us-east-1:111122223333';
    return [
      `arn:aws:${service}:${place}:x`,
      `arn:aws:${service}:${place}:x/x`,
      `arn:aws:${service}:us-east-1:111122223333:x`,
      `arn:aws:${service}:eu-west-1:444455556666:x`,
      `arn:aws-cn:${service}:::x`,
    ];
  };
}

/** Fills each part with what usually stands there; where parts are missing, a run that may cross colons has them all. */
function fillArn(letters: Letters): string[] {
  let part = 0;
  let missing = Math.max(0, 5 - letters.filter((letter) => letter === colon).length);
  const filled = letters.flatMap((letter, index) => {
    if (letter === colon) part += 1;
    const alone = letters[index - 1] === colon && letters[index + 1] === colon && part < fillings.length;
    if (!alone || (letter !== runInPart && letter !== run)) return [letter];
    const usual = letter === run ? fillings.slice(part, part + 1 + missing) : [fillings[part]!];
    part += usual.length - 1;
    missing -= usual.length - 1;
    return Array.from(usual.join(':'), (character) => character.charCodeAt(0));
  });
  const text = fill(filled, 'x');
  return text === undefined ? [] : [text];
}

const familiarCallers = [
  'AWS:arn:aws:iam::444455556666:user/x',
  'AWS:arn:aws:iam::111122223333:user/x',
  'AWS:arn:aws:sts::444455556666:assumed-role/x/x',
  'AWS:arn:aws:sts::111122223333:assumed-role/x/x',
  'AWS:arn:aws:iam::777788889999:user/x',
  'Service:ec2.amazonaws.com',
  'Service:x.amazonaws.com',
  'Federated:arn:aws:iam::111122223333:oidc-provider/x.example.com',
  'Anonymous:',
];

/** Callers that the pattern matches, as people would name them, then one that is made up. */
export const exampleCallers: Example = (pattern) => {
  const texts = familiarCallers.filter((caller) => pattern.matches(caller));
  const partition = fill(withPartition(pattern.letters), 'x');
  return partition === undefined ? texts : [...texts, partition];
};

const beforePartition = codesOf('AWS:arn:');

/** The pattern with `aws` for the partition, where it leaves it open. */
function withPartition(letters: Letters): Letters {
  const start = beforePartition.length;
  const isOpen = letters[start] === oneInPart && letters[start + 1] === runInPart;
  if (!isOpen || !beforePartition.every((code, index) => letters[index] === code)) return letters;
  return [...beforePartition, ...codesOf('aws'), ...letters.slice(start + 2)];
}

function codesOf(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

/** A text that the pattern matches. */
export const exampleValues: Example = ({ letters }) => {
  if (letters.every((letter) => isPlain(letter) && !isSymbol(letter))) return [];
  const text = fill(letters, 'x');
  return text === undefined ? [] : [text];
};
