// Reads from Apex source text what a component's import needs to know: is there such a method, is it @AuraEnabled, is
// it cacheable. Only signatures are read; running Apex is the interpreter's business.
export interface AuraMethod {
    name: string;
    auraEnabled: boolean;
    cacheable: boolean;
}

const signature =
    /((?:@\w+(?:\s*\([^)]*\))?\s*)*)\b(?:public|global)\s+static\s+[\w.<>,\s[\]]+?\s+(\w+)\s*\(/gi;

export function auraMethods(source: string): AuraMethod[] {
    return [...withoutComments(source).matchAll(signature)].map(([, annotations = '', name = '']) => {
        const aura = /@AuraEnabled\b(?:\s*\(([^)]*)\))?/i.exec(annotations);
        return {
            name,
            auraEnabled: aura !== null,
            cacheable: /\bcacheable\s*=\s*true\b/i.test(aura?.[1] ?? '')
        };
    });
}

/** Overloads of an @AuraEnabled method are not allowed, so the first of that name is the one. */
export function findAuraMethod(source: string, name: string): AuraMethod | undefined {
    const folded = name.toLowerCase();
    const named = auraMethods(source).filter((method) => method.name.toLowerCase() === folded);
    return named.find((method) => method.auraEnabled) ?? named[0];
}

/** Strings go too: a method-like text inside a literal is not a method. */
function withoutComments(source: string): string {
    return source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'/g, (text) =>
        text[0] === "'" ? "''" : ' '
    );
}
