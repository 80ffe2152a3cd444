// The built page in one object: import map, static files by URL, and deployed bundles compiled on demand and kept until
// the next deploy.
import type { Deployed } from './generated-modules.ts';
import { BundleError, buildDeployedBundle } from './deployed-bundle.ts';
import { platformModules, vendorModules } from './modules.ts';
import { preparePlatform } from './platform.ts';
import { prepareVendor } from './vendor.ts';

export const STATIC_ROOT = '/lightning/static';

export interface PageBuild {
    importMap: Record<string, string>;
    vendorFolder: string;
    vendorKey: string;
    platformFiles: ReadonlyMap<string, string>;
    platformKey: string;
}

/** Waits for the vendor modules (seconds, once per machine) and the shell. */
export async function preparePage(): Promise<PageBuild> {
    const [vendor, platform] = await Promise.all([prepareVendor(), preparePlatform()]);
    const url = (key: string, name: string): string => `${STATIC_ROOT}/${key}/${name}.js`;
    return {
        importMap: {
            ...Object.fromEntries(vendorModules.map((name) => [name, url(`vendor-${vendor.key}`, name)])),
            ...Object.fromEntries(
                [...platformModules.keys()].map((name) => [name, url(`platform-${platform.key}`, name)])
            )
        },
        vendorFolder: vendor.folder,
        vendorKey: vendor.key,
        platformFiles: platform.files,
        platformKey: platform.key
    };
}

/** Compiled bundles of the metadata deployed last. */
export class DeployedBundles {
    private readonly deployed: Deployed;
    private version = -1;
    private built = new Map<string, Promise<string>>();

    constructor(deployed: Deployed) {
        this.deployed = deployed;
    }

    /** ES module of `c/<name>`. */
    async module(name: string): Promise<string> {
        const version = this.deployed.metadata.version + this.deployed.schema.version;
        if (version !== this.version) {
            this.built = new Map();
            this.version = version;
        }
        const known = this.built.get(name);
        if (known) return known;
        const building = buildDeployedBundle(name, this.deployed);
        this.built.set(name, building);
        return building;
    }

    /** Same, but a bundle that does not build becomes a module that says so where the component would stand. */
    async moduleOrProblem(name: string): Promise<string> {
        try {
            return await this.module(name);
        } catch (error) {
            if (error instanceof BundleError) return `throw new Error(${JSON.stringify(error.message)});`;
            throw error;
        }
    }
}
