export { divide } from '@postern/cli/browser';
