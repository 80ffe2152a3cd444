// Unmanaged packages: names under which deployed components are kept together. A deploy whose package.xml has a fullName
// adds its components to the package of that name; a retrieve can ask for the package by name.
import type { DeployContext, DeployParts } from './deploy-context.ts';
import type { DeployedComponent } from './deploy.ts';
import type { PackageMembers } from './retrieve.ts';

const TYPE = 'Package';

export function addToPackage(context: DeployContext, name: string, deployed: DeployedComponent[]): void {
    const before = packageMembers(context, name) ?? [];
    const members = new Map(before.map((one) => [one.name, new Set(one.members)]));
    for (const { type, fullName } of deployed)
        members.set(type, (members.get(type) ?? new Set<string>()).add(fullName));
    const types = [...members].map(([type, names]) => ({ members: [...names].sort(), name: type }));
    const stored = { type: TYPE, fullName: name, content: { types }, files: new Map() };
    context.metadata.put(stored, context.userId);
}

/** What was added to the package and is still there; undefined when there is no such package. */
export function packageMembers(
    { metadata }: Pick<DeployParts, 'metadata'>,
    name: string
): PackageMembers[] | undefined {
    const content = metadata.content(TYPE, name) as { types: PackageMembers[] } | undefined;
    return content?.types.map((one) => ({
        name: one.name,
        members: one.members.filter((member) => metadata.row(one.name, member))
    }));
}
