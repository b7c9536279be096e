import { opaque, type TokenModel } from '../catalog/token-model.js';
import { tokenModels } from '../catalog/trust-models.js';

/** The model of an issuer; by a subject in the policy where the host is somebody's own; else one of opaque subjects. */
export function modelOf(issuer: string, subjects: readonly string[]): TokenModel {
  return (
    tokenModels.find((model) => model.issuer?.test(issuer) === true) ??
    tokenModels.find(({ subject }) => subject !== undefined && subjects.some((text) => subject.test(text))) ?? {
      ...opaque,
      title: 'an OpenID Connect provider',
      shared: false,
    }
  );
}
