// Who the caller is, as the identity service and /userinfo tell it. The pictures it points to do not exist here; the
// URLs carry `{version}` for the client to fill in.
import type { FastifyRequest } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import type { UserContext } from '../org.ts';

export function identityUrl(request: FastifyRequest, org: LocalOrg, userId: string): string {
    return `${baseUrl(request)}/id/${org.orgId}/${userId}`;
}

export function baseUrl(request: FastifyRequest): string {
    return `${request.protocol}://${request.host}`;
}

export function identity(request: FastifyRequest, org: LocalOrg, user: UserContext): object {
    const base = baseUrl(request);
    const rest = `${base}/services/data/v{version}/`;
    return {
        id: identityUrl(request, org, user.userId),
        asserted_user: true,
        user_id: user.userId,
        organization_id: org.orgId,
        username: user.username,
        display_name: user.name,
        ...personOf(org, user),
        photos: { picture: `${base}/profilephoto/005/F`, thumbnail: `${base}/profilephoto/005/T` },
        urls: {
            custom_domain: base,
            metadata: `${base}/services/Soap/m/{version}/${org.orgId.slice(0, 15)}`,
            query: `${rest}query/`,
            recent: `${rest}recent/`,
            rest,
            sobjects: `${rest}sobjects/`
        },
        active: user.isActive,
        user_type: 'STANDARD',
        timezone: user.timeZone,
        is_app_installed: true
    };
}

/** The same person in the words of OpenID Connect. */
export function userInfo(request: FastifyRequest, org: LocalOrg, user: UserContext): object {
    const person = personOf(org, user);
    return {
        ...identity(request, org, user),
        sub: identityUrl(request, org, user.userId),
        preferred_username: user.username,
        name: user.name,
        given_name: person.first_name,
        family_name: person.last_name,
        zoneinfo: user.timeZone
    };
}

interface Person {
    first_name: string | null;
    last_name: string;
    email: string;
    language: string | null;
    locale: string | null;
    last_modified_date: string;
}

function personOf(org: LocalOrg, user: UserContext): Person {
    const row = org.db
        .prepare(
            `SELECT "FirstName" AS first_name, "LastName" AS last_name, "Email" AS email,
             "LanguageLocaleKey" AS language, "LocaleSidKey" AS locale, "LastModifiedDate" AS last_modified_date
             FROM "User" WHERE "Id" = ?`
        )
        .get(user.userId);
    return row as Person;
}
