// A project of its own from which a package version is created. It differs from this one in the namespace only: a scratch org made from
// this project must have none, a managed package must have one, and sf reads the namespace from the project.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const NAMESPACE = 'plumbline';
const COPIED = ['force-app', 'config/subscriber', 'config/project-scratch-def.json', '.forceignore'];

/** @param version `1.2.0`; sf counts the builds */
export function writeReleaseFolder(root: string, folder: string, version: string): void {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const path of COPIED) cpSync(join(root, path), join(folder, path), { recursive: true });
    const project = JSON.parse(readFileSync(join(root, 'sfdx-project.json'), 'utf8'));
    writeFileSync(
        join(folder, 'sfdx-project.json'),
        `${JSON.stringify(released(project, version), null, 2)}\n`
    );
}

interface Project {
    packageDirectories: { package?: string }[];
}

function released(project: Project, version: string): object {
    const packageDirectories = project.packageDirectories.map((directory) =>
        directory.package
            ? {
                  ...directory,
                  versionName: version,
                  versionNumber: `${version}.NEXT`,
                  ancestorVersion: 'HIGHEST'
              }
            : directory
    );
    return { ...project, namespace: NAMESPACE, packageDirectories };
}
