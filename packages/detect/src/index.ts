export { detect, detectFile } from './detect.js';
export type { Files } from './files.js';
export type { Found, Job, JobRole, Question, Trust, Unread, Unreadable } from './found.js';
export type { Site } from './event.js';
export type { Told } from './match/job-options.js';
export type { NotCovered } from './match/not-covered.js';
export { kindOfPath } from './ci/kinds.js';
