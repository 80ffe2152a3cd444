// The preset mocks a label by its name; here tests read the sentences users read, from the package's own file.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { XMLParser } = require('fast-xml-parser');

const file = join(__dirname, '../../force-app/main/core/labels/CustomLabels.labels-meta.xml');
const parser = new XMLParser({ isArray: (name) => name === 'labels', parseTagValue: false });
const { labels } = parser.parse(readFileSync(file, 'utf8')).CustomLabels;

for (const { fullName, value } of labels) {
    jest.doMock(`@salesforce/label/c.${fullName}`, () => ({ __esModule: true, default: value }), {
        virtual: true
    });
}
