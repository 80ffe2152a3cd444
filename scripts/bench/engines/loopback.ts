// A process of its own that hands out the bench's CSV files the way Bulk 2.0 does: create a job, ask for its state,
// fetch its results. Prints its address and ends with its parent.
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TABLES, fileOf, type Size } from '../data.ts';

const [root, size] = process.argv.slice(2) as [string, Size];

const server = createServer((request, response) => {
    const path = request.url ?? '';
    const table = TABLES.find((name) => new RegExp(`/jobs/query/${name}(/results)?(\\?|$)`).test(path));
    if (table && path.includes('/results')) {
        response.writeHead(200, { 'content-type': 'text/csv', 'sforce-locator': 'null' });
        createReadStream(fileOf(root, size, table), { highWaterMark: 1 << 18 }).pipe(response);
        return;
    }
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
        const asked = table ?? (JSON.parse(body || '{}') as { query?: string }).query?.split(' ').at(-1);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ id: asked, state: 'JobComplete', operation: 'query', object: asked }));
    });
});
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => {
    process.send!({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on('disconnect', () => process.exit(0));
