import { readFileSync } from 'node:fs';
import { REASONS, reasonLabel } from 'c/feedbackReasons';

const FIELD = 'force-app/main/pipeline/objects/FlagFeedback__c/fields/Reason__c.field-meta.xml';

describe('feedbackReasons', () => {
    it('offers exactly the values of the field they are stored in, with the same words', () => {
        const xml = readFileSync(FIELD, 'utf8');
        const stored = [
            ...xml.matchAll(/<value>\s*<fullName>(\w+)<\/fullName>[^]*?<label>([^<]+)<\/label>/g)
        ];
        expect(REASONS).toEqual(stored.map(([, value, label]) => ({ value, label })));
    });

    it('names a reason, also one it does not know', () => {
        expect(reasonLabel('DataWrong')).toBe('The data in Salesforce is wrong');
        expect(reasonLabel('Retired')).toBe('Retired');
    });
});
