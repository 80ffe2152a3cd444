// `await expect(element).toBeAccessible()`. Base components are stubs in Jest, so this judges our own markup only; the
// whole page is judged in the browser.
const { registerSa11yMatcher } = require('@sa11y/jest');

registerSa11yMatcher();
