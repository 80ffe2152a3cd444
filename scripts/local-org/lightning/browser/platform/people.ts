// Finding a user by any part of name, title or username.
import type { PageUser } from './page.ts';

export function matching(users: PageUser[], text: string): PageUser[] {
    const wanted = text.trim().toLowerCase();
    return users.filter(({ name, detail, username }) =>
        `${name} ${detail} ${username}`.toLowerCase().includes(wanted)
    );
}

export function initialsOf(name: string): string {
    const words = name.split(/\s+/).filter(Boolean);
    return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}
