// The one HTML document of the Lightning page. Scripts come in the order LWC needs: what the page knows of the user,
// the import map, the synthetic shadow as a classic script, then the shell as a module.
import type { LocalOrgPage } from './browser/platform/page.ts';
import { STATIC_ROOT, type PageBuild } from './build/index.ts';

export type PageValues = Omit<LocalOrgPage, 'formFactor'>;

export function pageHtml(build: PageBuild, bundlesKey: string, values: PageValues): string {
    const imports = { ...build.importMap, 'c/': `${STATIC_ROOT}/${bundlesKey}/` };
    return `<!doctype html>
<html lang="${values.i18n.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lightning Experience | Local org</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/styles/salesforce-lightning-design-system.min.css">
<link rel="stylesheet" href="${STATIC_ROOT}/shell.css">
<script>
globalThis.localOrgPage = ${scriptJson(values)};
localOrgPage.formFactor = new URLSearchParams(location.search).get('formFactor') === 'Small' || innerWidth < 768 ? 'Small' : 'Large';
</script>
<script type="importmap">${scriptJson({ imports })}</script>
<script src="${STATIC_ROOT}/vendor-${build.vendorKey}/synthetic-shadow.js"></script>
<script type="module">import 'local-org/shell';</script>
</head>
<body class="slds-scope"></body>
</html>
`;
}

/** JSON that cannot end the script element it stands in, whatever a user is called. */
function scriptJson(value: unknown): string {
    return JSON.stringify(value)
        .replace(/</g, '\\u003c')
        .replace(/\u2028/g, '\\u2028')
        .replace(/\u2029/g, '\\u2029');
}
