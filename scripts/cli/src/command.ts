// What all commands of the plugin share: the org they work on, its names, and errors that say what to do. Words that people read
// are in messages/, one file a command.
import { Messages, type Connection } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { namesOf, type Names } from '../../../service/src/salesforce/names.ts';
import { API_VERSION } from './org/api-version.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
export const PLUGIN = '@plumbline/sf-plugin';

export const targetOrg = Flags.requiredOrg();

/** The texts of one command: summary, description, examples and flags by the keys of its file. */
export function wordsOf(command: string): Messages<string> {
    return Messages.loadMessages(PLUGIN, command);
}

/** A connection that speaks the one API version of the package, whatever the org's newest is. */
export function connectionOf(org: { getConnection(version: string): Connection }): Connection {
    return org.getConnection(API_VERSION);
}

export interface PackageInOrg {
    isThere: boolean;
    /** '' where the package was deployed as source */
    namespace: string;
    names: Names;
}

/** Finds the package by its central object, with or without a namespace in front. */
export async function packageIn(connection: Connection): Promise<PackageInOrg> {
    const { sobjects } = await connection.describeGlobal();
    const found = sobjects.map(({ name }) => /^(?:(\w+?)__)?DealHealth__c$/.exec(name)).find(Boolean);
    const namespace = found?.[1] ?? '';
    return { isThere: Boolean(found), namespace, names: namesOf(namespace) };
}

export abstract class PlumblineCommand<T> extends SfCommand<T> {
    /** A step with its spinner: `what` while it lasts, the step's own words when it is done. */
    protected async step<R>(
        what: string,
        work: () => Promise<R>,
        outcome: (result: R) => string
    ): Promise<R> {
        this.spinner.start(what);
        try {
            const result = await work();
            this.spinner.stop(outcome(result));
            return result;
        } catch (error) {
            this.spinner.stop('failed');
            throw error;
        }
    }
}
