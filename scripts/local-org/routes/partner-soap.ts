// The SOAP API for records and passwords (/services/Soap/u and /c) is refused by name, as a SOAP fault: signing in by
// password is on its way out, users of the local org have no passwords, and records have their REST doors.
import type { FastifyInstance } from 'fastify';
import { notSupported } from '../org.ts';

export function registerPartnerSoap(app: FastifyInstance): void {
    app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
        for (const api of ['u', 'c']) {
            scope.post(`/services/Soap/${api}/*`, (_request, reply) =>
                reply.code(500).type('text/xml;charset=UTF-8').send(FAULT)
            );
        }
    });
}

const { errorCode, message } = notSupported(
    'the SOAP API for records, logins and passwords; use REST, and POST /local-org/session to sign in'
);

const FAULT =
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault>' +
    `<faultcode>sf:${errorCode}</faultcode><faultstring>${errorCode}: ${message}</faultstring>` +
    '</soapenv:Fault></soapenv:Body></soapenv:Envelope>';
