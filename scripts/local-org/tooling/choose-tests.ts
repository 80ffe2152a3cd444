// Which of the org's Apex tests a request asks for, by class or by method, and Salesforce's answer to a wrong name.
import type { TestMethod } from '../apex/test-runner.ts';
import { OrgError } from '../org.ts';

export function testsOfClasses(all: TestMethod[], classNames: string[]): TestMethod[] {
    return classNames.flatMap((name) => testsOfClass(all, name));
}

/** `methodNames` left out or empty: all of the class. */
export function testsOfClass(all: TestMethod[], className: string, methodNames: string[] = []): TestMethod[] {
    const ofClass = all.filter((test) => isSame(test.className, className));
    if (ofClass.length === 0) {
        throw new OrgError(
            400,
            'INVALID_INPUT',
            `This class name's value is invalid: ${className}. Provide the name of an Apex class that has test methods.`
        );
    }
    if (methodNames.length === 0) return ofClass;
    return methodNames.map((methodName) => {
        const test = ofClass.find((one) => isSame(one.methodName, methodName));
        if (test) return test;
        throw new OrgError(
            400,
            'INVALID_INPUT',
            `This test method's value is invalid: ${methodName}. Provide the name of a test method of ${className}.`
        );
    });
}

function isSame(left: string, right: string): boolean {
    return left.toLowerCase() === right.toLowerCase();
}
