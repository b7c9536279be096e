import type { FoundPolicy } from '../found.js';
import { isObject } from '../json-values.js';
import { statementOfPermission, templateHolders } from '../resource-holders.js';
import type { TemplateValues } from './values.js';

/** The policy that a resource of a template keeps of who may use it; none where it keeps none. */
export function findOfResources(
  type: string,
  properties: Readonly<Record<string, unknown>>,
  values: TemplateValues,
): Pick<FoundPolicy, 'documents' | 'isMade'>[] {
  const property = templateHolders.get(type);
  if (property !== undefined && properties[property] !== undefined) {
    const documents = values.resolveList(properties[property]).filter(isObject);
    return documents.length === 0 ? [] : [{ documents }];
  }
  if (type !== 'AWS::Lambda::Permission') return [];
  const at = (name: string): unknown => values.resolve(properties[name]);
  const statement = statementOfPermission({
    function: '*',
    action: at('Action'),
    principal: at('Principal'),
    sourceArn: at('SourceArn'),
    sourceAccount: at('SourceAccount'),
    organization: at('PrincipalOrgID'),
    urlAuthType: at('FunctionUrlAuthType'),
  });
  return [{ documents: [{ Version: '2012-10-17', Statement: [statement] }], isMade: true }];
}
