// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = '46096e167d8f310dfd19c144960b5113bc2d49c15d94a765793b97e17cc1cb95';
