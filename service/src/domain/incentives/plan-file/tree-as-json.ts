// A YAML tree as JSON text: what stands without quotes and is a number, true, false or null in JSON stays that, digit by digit;
// everything else is text.
import type { Tree } from './tree.ts';

const BARE = /^(-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?|true|false|null)$/;

export function treeAsJson(tree: Tree): string {
    switch (tree.kind) {
        case 'text':
            if (tree.isPlain && tree.text === '') return 'null';
            return tree.isPlain && BARE.test(tree.text) ? tree.text : JSON.stringify(tree.text);
        case 'list':
            return `[${tree.items.map(treeAsJson).join(', ')}]`;
        case 'map':
            return `{${tree.entries.map(({ key, value }) => `${JSON.stringify(key)}: ${treeAsJson(value)}`).join(', ')}}`;
    }
}
