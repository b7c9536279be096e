import { secretsRead, type UseCase } from '@postern/core';

/** The job that whoever got a session runs with it: one request that a policy and a boundary both have to allow. */
export const jobOfTrusts: UseCase = secretsRead;
