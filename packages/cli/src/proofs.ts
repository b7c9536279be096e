// A file of its own, so that the records are loaded when it is.
export { proofs } from '@postern/core/proofs';
