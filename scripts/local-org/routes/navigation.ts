// GET /tabs and GET /theme: what the caller can open, and the look of its icons. The local org draws no icons of its own,
// so an item of the theme has neither colours nor icons, as Salesforce answers for items without any.
import { visibleTabs } from '../lightning/shell-data.ts';
import type { LocalOrg } from '../local-org.ts';
import type { DataRoute } from './data-routes.ts';

export function navigationRoutes(org: LocalOrg): DataRoute[] {
    return [
        {
            method: 'GET',
            path: '/tabs',
            answer: ({ ctx }) => ({
                status: 200,
                body: visibleTabs(org, ctx.user).map(({ name, label, url, objectName }) => ({
                    colors: [],
                    custom: !name.startsWith('standard-'),
                    iconUrl: null,
                    icons: [],
                    label,
                    miniIconUrl: null,
                    name,
                    sobjectName: objectName,
                    url
                }))
            })
        },
        {
            method: 'GET',
            path: '/theme',
            answer: ({ ctx }) => ({
                status: 200,
                body: {
                    themeItems: visibleTabs(org, ctx.user).flatMap(({ objectName }) =>
                        objectName ? [{ name: objectName, colors: null, icons: null }] : []
                    )
                }
            })
        }
    ];
}
