import type { ServiceModel } from '../protocols/model.js';
import { protocols } from '../protocols/protocols.js';
import { ServiceError, type HttpRequest, type Identified } from '../server/call.js';
import type { Service } from '../server/service.js';
import { findPath } from './find-path.js';

type GivenMember = 'name' | 'rules' | 'operations';
type Derived = 'model' | 'protocol' | 'identify' | 'reply' | 'fail' | 'denied';

/** What is written by hand of a service that AWS publishes a model of; what is left out follows from its protocol. */
export interface ServiceAbout
  extends Pick<Service, GivenMember>,
    Partial<Omit<Service, GivenMember | 'identify' | 'reply'>> {
  readonly model: ServiceModel;
  /**
   * Members that ask for a permission which no rule asks for, by their path: roles that are passed, keys of KMS, policies
   * of resources and of sessions, replicas elsewhere.
   */
  readonly notServed?: RegExp;
}

/** Makes a service of its model, its rules and its operations. */
export function defineService({ notServed, ...about }: ServiceAbout): Service & Required<Pick<Service, Derived>> {
  const { model, rules, protocol = protocols[model.protocol]! } = about;

  function identify(http: HttpRequest): Identified {
    const operation = protocol.name(model, http);
    if (operation === undefined)
      throw new ServiceError('NotImplemented', `the sandbox does not know \`${http.method} ${http.path}\``, 501);
    if (!Object.hasOwn(rules, operation)) return { operation, input: {} };
    const { input, odd, failure } = protocol.read(model, operation, http);
    const fenced = notServed === undefined ? undefined : findPath(input, operation, notServed);
    return { operation, input, odd: odd ?? fenced, failure };
  }

  return {
    fail: protocol.fail,
    denied: protocol.denied,
    ...about,
    protocol,
    identify,
    reply: (operation, output) => protocol.reply(model, operation, output),
  };
}
