// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = '63eb1e904de350bc10bd2272fc640f4b5acd64f3993bea27abc8176069fc0096';
