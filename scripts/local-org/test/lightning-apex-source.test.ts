// What the build reads from Apex source.
import { describe, expect, test } from '@jest/globals';
import { auraMethods, findAuraMethod } from '../lightning/build/apex-source.ts';

const SOURCE = `
public with sharing class Deals {
    // @AuraEnabled(cacheable=true) public static String old(Id id) { }
    /* public static void gone() {} */
    @AuraEnabled(cacheable = true scope='global')
    public static List<Map<String, Object>> rows(Id dealId, Integer rowLimit) { return null; }

    @AuraEnabled
    public static void save(String text) { String s = 'public static void fake()'; }

    @TestVisible
    global static Decimal[] sums() { return null; }
    private static void hidden() {}
}`;

describe('methods of an Apex class', () => {
    test('annotations decide what a component may import, comments and strings do not count', () => {
        expect(auraMethods(SOURCE)).toEqual([
            { name: 'rows', auraEnabled: true, cacheable: true },
            { name: 'save', auraEnabled: true, cacheable: false },
            { name: 'sums', auraEnabled: false, cacheable: false }
        ]);
    });

    test('names are found whatever their case', () => {
        expect(findAuraMethod(SOURCE, 'ROWS')?.cacheable).toBe(true);
        expect(findAuraMethod(SOURCE, 'hidden')).toBeUndefined();
    });
});
