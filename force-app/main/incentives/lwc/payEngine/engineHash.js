// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = '9eabffcfe63fb2842ac2a67c00b2fabf57e1d4d2db30bd54a8713d286c003243';
