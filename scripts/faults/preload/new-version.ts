// Loaded before the service: it is the next version of itself.
import { registerHooks } from 'node:module';

registerHooks({
    load: (url, context, nextLoad) => {
        const loaded = nextLoad(url, context);
        if (!url.endsWith('/src/engine-version.ts')) return loaded;
        const source = String(loaded.source);
        return { ...loaded, source: source.replace(/ENGINE_VERSION = '(.*)'/, "ENGINE_VERSION = '$1-next'") };
    }
});
