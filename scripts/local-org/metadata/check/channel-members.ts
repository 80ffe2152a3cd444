// Members of the standard channel of change events: the object must have such events, and an org without the add-on may select five.
import { MOST_SELECTED, objectOfEvent, selectedObjects, STANDARD_CHANNEL } from '../../pubsub/selection.ts';
import { report, textOf } from '../deploy-context.ts';
import type { DeployContext } from '../deploy-context.ts';
import type { PackageComponent } from '../package-reader.ts';

export function checkChannelMember(context: DeployContext, component: PackageComponent): void {
    const { content } = component;
    const tell = (problem: string): void => report(context, component, problem);
    const channel = textOf(content, 'eventChannel');
    const entity = textOf(content, 'selectedEntity') ?? '';
    if (channel !== STANDARD_CHANNEL)
        tell(`The local org does not support the channel ${channel}, only ${STANDARD_CHANNEL}.`);
    for (const element of ['enrichedFields', 'filterExpression'])
        if (content[element]) tell(`The local org does not support ${element} of a channel member.`);
    const objectName = objectOfEvent(entity);
    if (!objectName || context.schema.object(objectName)?.name !== objectName)
        tell(`The selected entity ${entity} is not the change event of an object that has change events.`);
    else if (new Set(selectedObjects(context.metadata)).size > MOST_SELECTED)
        tell(
            `Change Data Capture is on for ${MOST_SELECTED} objects already, which is what the org may select.`
        );
}
