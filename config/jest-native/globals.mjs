// What `@jest/globals` is to tests that run in Node itself. The framework sets its functions anew for each test file, while a module
// that several files import stays: so each use looks up the present one.
const present = (name) =>
    new Proxy(function () {}, {
        apply: (_target, _this, args) => globalThis[name](...args),
        get: (_target, property) => globalThis[name][property]
    });

export const afterAll = present('afterAll');
export const afterEach = present('afterEach');
export const beforeAll = present('beforeAll');
export const beforeEach = present('beforeEach');
export const describe = present('describe');
export const expect = present('expect');
export const jest = present('jest');
export const test = present('test');
