// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = '2e160099c82c42e90ce075200b57c434efc58baf0f6eb3306e5aaffb8861ddb9';
