// Who may use the Metadata and Tooling APIs: users who may change the setup of the org.
import { OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';

export function mayChangeSetup({ permissions }: UserContext): boolean {
    return permissions.modifyAllData || permissions.customizeApplication;
}

export function checkMetadataAccess(user: UserContext): void {
    if (mayChangeSetup(user)) return;
    throw new OrgError(
        403,
        'INSUFFICIENT_ACCESS',
        'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions'
    );
}
