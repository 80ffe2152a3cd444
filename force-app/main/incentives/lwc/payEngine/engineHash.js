// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = '06801a43586cd2867ff2a9b962f45e38c32996d0eba1fadcdc451ccec8c2ecc5';
