// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = '17d12bacdd41de43bc0197200318742908da8ebe2e48d2f350ec30d5316a2d8a';
