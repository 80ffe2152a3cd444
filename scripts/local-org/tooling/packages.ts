// Package versions this org can install, and installing them: an install is a real deploy of the version's zip. The org
// plays both sides: registering a version is what `sf package version create` does in a Dev Hub. Components that a newer
// version no longer has stay (Salesforce deletes or deprecates them).
import { to18 } from '../ids.ts';
import type { LocalOrg } from '../local-org.ts';
import { deploy } from '../metadata/deploy.ts';
import type { DeployOutcome } from '../metadata/deploy.ts';
import { UnreadablePackage } from '../metadata/problems.ts';
import { checkZipSize, openDeployZip } from '../metadata/zip.ts';
import { notSupported, OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';
import type { Schema } from '../schema/types.ts';
import { insertSetupRow, updateSetupRow } from '../setup-rows.ts';
import { isKnownVersion, packageUnavailable } from './package-queries.ts';

export interface NewVersion {
    /** Versions with the same name belong to one package. */
    name: string;
    /** `1.2.0.3`: major, minor, patch, build. */
    versionNumber: string;
    versionName?: string;
    description?: string;
    /** Objects and fields in the zip are named with it. */
    namespace?: string;
    /** The metadata, as a deploy takes it. */
    zip: Buffer;
}

export interface Packages {
    /** Returns the ids of package (033) and version (04t). */
    register(version: NewVersion): { packageId: string; versionId: string };
    /** Queues an install and returns the id of its PackageInstallRequest. */
    install(user: UserContext, request: Record<string, unknown>): string;
}

const NUMBER_COLUMNS = ['MajorVersion', 'MinorVersion', 'PatchVersion', 'BuildNumber'];

export function createPackages(org: LocalOrg, schema: Schema): Packages {
    const { db } = org;
    const parts = { schema, ids: org.ids, clock: org.clock };
    createTable(org);
    const insert = (object: string, values: Record<string, unknown>, userId = org.adminUserId): string =>
        insertSetupRow(db, parts, object, values, userId);

    const packageNamed = (name: string, namespace = ''): string => {
        const known = db.prepare('SELECT "Id" FROM "SubscriberPackage" WHERE "Name" = ?').pluck().get(name);
        return (
            (known as string | undefined) ??
            insert('SubscriberPackage', { Name: name, NamespacePrefix: namespace })
        );
    };

    const finish = (user: UserContext, requestId: string, errors: string[]): void =>
        updateSetupRow(
            db,
            parts,
            'PackageInstallRequest',
            requestId,
            {
                Status: errors.length ? 'ERROR' : 'SUCCESS',
                Errors: errors.length
                    ? JSON.stringify({ errors: errors.map((message) => ({ message })) })
                    : null
            },
            user.userId
        );

    const namespaceOf = (packageId: string): string =>
        (db
            .prepare('SELECT "NamespacePrefix" FROM "SubscriberPackage" WHERE "Id" = ?')
            .pluck()
            .get(packageId) as string | null) ?? '';

    /** What went wrong; empty when it is installed. */
    const tryInstall = (user: UserContext, versionId: string): string[] => {
        if (isOlderThanInstalled(org, versionId))
            return ['A newer version of this package is installed. Install that version or a later one.'];
        const zip = db.prepare('SELECT zip FROM local_org_package_zip WHERE id = ?').pluck().get(versionId);
        const packageId = packageOf(org, versionId);
        const outcome = deploy(org, zip as Buffer, { namespace: namespaceOf(packageId) }, user.userId);
        if (!outcome.success) return problemsOf(outcome);
        db.prepare('DELETE FROM "InstalledSubscriberPackage" WHERE "SubscriberPackageId" = ?').run(packageId);
        const row = { SubscriberPackageId: packageId, SubscriberPackageVersionId: versionId };
        insert('InstalledSubscriberPackage', row, user.userId);
        return [];
    };

    const runInstall = (user: UserContext, requestId: string, versionId: string): void => {
        if (!db.open) return;
        try {
            finish(user, requestId, tryInstall(user, versionId));
        } catch (error) {
            process.stderr.write(`local org: install ${requestId} failed: ${(error as Error).stack}\n`);
            finish(user, requestId, ['An unexpected error occurred; see the log of the local org.']);
        }
    };

    return {
        register({ name, versionNumber, versionName, description, namespace, zip }) {
            checkZip(zip);
            const numbers = parseVersion(versionNumber);
            return db.transaction(() => {
                const packageId = packageNamed(name, namespace);
                const versionId = insert('SubscriberPackageVersion', {
                    SubscriberPackageId: packageId,
                    Name: versionName ?? versionNumber,
                    Description: description,
                    ...Object.fromEntries(NUMBER_COLUMNS.map((column, index) => [column, numbers[index]])),
                    InstallValidationStatus: 'NO_ERRORS_DETECTED',
                    ReleaseState: 'Released',
                    Package2ContainerOptions: 'Unlocked',
                    RemoteSiteSettings: '{"settings":[]}',
                    CspTrustedSites: '{"settings":[]}',
                    Profiles: '{"destinationProfiles":[],"sourceProfiles":[]}'
                });
                db.prepare('INSERT INTO local_org_package_zip (id, zip) VALUES (?, ?)').run(versionId, zip);
                return { packageId, versionId };
            })();
        },
        install(user, request) {
            const { Password: password, ...values } = request;
            refuse(request);
            const key = String(request['SubscriberPackageVersionKey'] ?? '');
            if (!isKnownVersion(db, key)) throw packageUnavailable();
            const versionId = to18(key);
            const requestId = insert(
                'PackageInstallRequest',
                { ...values, SubscriberPackageVersionKey: versionId, Status: 'IN_PROGRESS' },
                user.userId
            );
            setImmediate(() => runInstall(user, requestId, versionId));
            return requestId;
        }
    };
}

function createTable({ db }: LocalOrg): void {
    db.exec('CREATE TABLE IF NOT EXISTS local_org_package_zip (id TEXT PRIMARY KEY, zip BLOB NOT NULL)');
    // An install that was under way when the process ended will never finish.
    db.prepare(
        `UPDATE "PackageInstallRequest" SET "Status" = 'UNKNOWN' WHERE "Status" = 'IN_PROGRESS'`
    ).run();
}

function refuse(request: Record<string, unknown>): void {
    if (request['Password']) throw notSupported('installation keys (PackageInstallRequest.Password)');
    if (request['SecurityType'] === 'full')
        throw notSupported('giving all users a package (SecurityType full, sf --security-type AllUsers)');
    if (request['UpgradeType'] === 'delete-only')
        throw notSupported('deleting what a package no longer has (UpgradeType delete-only)');
}

function checkZip(zip: Buffer): void {
    checkZipSize(zip);
    try {
        openDeployZip(zip);
    } catch (error) {
        if (!(error instanceof UnreadablePackage)) throw error;
        throw new OrgError(400, error.statusCode, error.message);
    }
}

function parseVersion(text: string): number[] {
    const numbers = text.split('.').map(Number);
    if (numbers.length === 4 && numbers.every((one) => Number.isInteger(one) && one >= 0)) return numbers;
    const message = `versionNumber ${JSON.stringify(text)} is not major.minor.patch.build, such as 1.2.0.1`;
    throw new OrgError(400, 'INVALID_INPUT', message);
}

function packageOf({ db }: LocalOrg, versionId: string): string {
    const select = 'SELECT "SubscriberPackageId" FROM "SubscriberPackageVersion" WHERE "Id" = ?';
    return db.prepare(select).pluck().get(versionId) as string;
}

function isOlderThanInstalled(org: LocalOrg, versionId: string): boolean {
    const installed = org.db
        .prepare(
            `SELECT "SubscriberPackageVersionId" FROM "InstalledSubscriberPackage" WHERE "SubscriberPackageId" = ?`
        )
        .pluck()
        .get(packageOf(org, versionId)) as string | undefined;
    if (!installed) return false;
    const [next, now] = [numbersOf(org, versionId), numbersOf(org, installed)];
    const index = next.findIndex((one, at) => one !== now[at]);
    return index !== -1 && next[index]! < now[index]!;
}

function numbersOf({ db }: LocalOrg, versionId: string): number[] {
    const columns = NUMBER_COLUMNS.map((column) => `"${column}"`).join(', ');
    const select = db.prepare(`SELECT ${columns} FROM "SubscriberPackageVersion" WHERE "Id" = ?`);
    return select.raw(true).get(versionId) as number[];
}

function problemsOf(outcome: DeployOutcome): string[] {
    if (outcome.errorMessage !== null) return [outcome.errorMessage];
    return outcome.errors.map(
        ({ componentType, fullName, problem }) => `${componentType} ${fullName}: ${problem}`
    );
}
