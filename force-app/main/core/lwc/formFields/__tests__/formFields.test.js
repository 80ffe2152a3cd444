import { createElement } from 'lwc';
import FormFields from 'c/formFields';

const FIELDS = [
    {
        name: 'role',
        width: 'third',
        label: 'Role',
        options: [{ value: 'ae', label: 'Account executive' }],
        value: 'ae',
        required: true
    },
    { name: 'floor', width: 'half', label: 'Floor', type: 'number', step: 'any', value: 3 },
    { name: 'owner', label: 'Owner', value: 'Operations', maxLength: 255 },
    { name: 'why', isLong: true, label: 'Why', value: '', required: true, maxLength: 1000 }
];

function show(fields = FIELDS) {
    const element = createElement('c-form-fields', { is: FormFields });
    element.fields = fields;
    document.body.appendChild(element);
    return element;
}

const field = (element, name) => element.shadowRoot.querySelector(`[data-name="${name}"]`);
const drawn = (element, name) => field(element, name).tagName.toLowerCase();

describe('formFields', () => {
    afterEach(() => document.body.replaceChildren());

    it('asks for each value in the control that fits it', () => {
        const element = show();
        expect(FIELDS.map(({ name }) => drawn(element, name))).toEqual([
            'lightning-combobox',
            'lightning-input',
            'lightning-input',
            'lightning-textarea'
        ]);
    });

    it('gives each control its own attributes and no others', () => {
        const element = show();
        expect(field(element, 'role')).toMatchObject({
            label: 'Role',
            options: FIELDS[0].options,
            value: 'ae',
            required: true
        });
        expect(field(element, 'floor')).toMatchObject({
            label: 'Floor',
            type: 'number',
            step: 'any',
            value: 3
        });
        expect(field(element, 'owner')).toMatchObject({
            label: 'Owner',
            value: 'Operations',
            maxLength: 255
        });
        expect(field(element, 'owner').step).toBeUndefined();
        expect(field(element, 'why')).toMatchObject({ label: 'Why', required: true, maxLength: 1000 });
    });

    it('gives a field its part of the width, all of it unless told', () => {
        const element = show();
        expect(FIELDS.map(({ name }) => field(element, name).parentElement.className)).toEqual([
            'slds-col slds-size_1-of-1 slds-medium-size_1-of-3',
            'slds-col slds-size_1-of-2',
            'slds-col slds-size_1-of-1',
            'slds-col slds-size_1-of-1'
        ]);
    });

    it('tells the form what was filled in and where', () => {
        const element = show();
        const onField = jest.fn();
        element.addEventListener('field', ({ detail }) => onField(detail));
        for (const [name, value] of [
            ['role', 'am'],
            ['floor', '4'],
            ['why', 'New market']
        ])
            field(element, name).dispatchEvent(new CustomEvent('change', { detail: { value } }));
        expect(onField.mock.calls).toEqual([
            [{ name: 'role', value: 'am' }],
            [{ name: 'floor', value: '4' }],
            [{ name: 'why', value: 'New market' }]
        ]);
    });

    it('keeps a control while other fields come and go', async () => {
        const element = show();
        const owner = field(element, 'owner');
        element.fields = FIELDS.slice(1).map((one) =>
            one.name === 'owner' ? { ...one, value: 'Finance' } : one
        );
        await Promise.resolve();
        expect(field(element, 'role')).toBeNull();
        expect(field(element, 'owner')).toBe(owner);
        expect(owner.value).toBe('Finance');
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
