import type { Service } from '../server/call.js';
import { codedeploy } from './codedeploy/codedeploy.js';
import { dynamodb } from './dynamodb/dynamodb.js';
import { ecr } from './ecr/ecr.js';
import { ecs } from './ecs/ecs.js';
import { iam } from './iam/iam.js';
import { kms } from './kms/kms.js';
import { registry } from './registry/registry.js';
import { s3 } from './s3/s3.js';
import { ssm } from './ssm/ssm.js';
import { sts } from './sts/sts.js';

/** Every service the sandbox knows; those with signed requests are found by the name in the signature's scope. */
export const services: readonly Service[] = [codedeploy, dynamodb, ecr, ecs, iam, kms, registry, s3, ssm, sts];
