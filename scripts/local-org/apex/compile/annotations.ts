// The annotations the org honours, or whose absence nobody could notice. Any other would change who calls the code and how,
// so it is refused by name instead of being passed over.
import type { ApexParserRuleContext } from '@apexdevtools/apex-parser';
import type { Annotations } from '../model.ts';
import type { Scope } from './scope.ts';

const HONOURED = new Set([
    'auraenabled',
    'istest',
    'testsetup',
    'testvisible',
    'suppresswarnings',
    'deprecated',
    'namespaceaccessible',
    'jsonaccess'
]);

export function refuseOtherAnnotations(
    scope: Scope,
    place: ApexParserRuleContext,
    annotations: Annotations
): void {
    for (const name of annotations.keys()) if (!HONOURED.has(name)) scope.notSupported(place, `@${name}`);
}
