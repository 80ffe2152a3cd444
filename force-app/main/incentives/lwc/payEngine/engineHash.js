// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = 'ececa0dd19f318d5b08bffcb701b7042e2d3f8fe9c76f355c64d6226d83a2861';
