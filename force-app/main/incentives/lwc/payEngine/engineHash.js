// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = 'f0525ff436fc794a483a34b60808d84f381db67bac64e129323aa2385567d879';
