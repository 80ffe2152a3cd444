// Starts the shell: toasts, links, then the sign-in page or the app. Refuses to run without the synthetic shadow,
// because base components would then look wrong in ways that are hard to trace.
import { createElement } from 'lwc';
import ShellApp from 'shell/app';
import ShellSignIn from 'shell/signIn';
import { localOrgPageChecks } from './platform/checks.ts';
import { followLinks } from './platform/router.ts';
import { showToasts } from './platform/toasts.ts';

showToasts();
document.addEventListener('click', followLinks);

const shell = localOrgPage.isGuest
    ? createElement('shell-sign-in', { is: ShellSignIn })
    : createElement('shell-app', { is: ShellApp });
localOrgPageChecks(shell);
document.body.append(shell);
