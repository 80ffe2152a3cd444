// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = '80313e3be509273f8f0d93967cc137b5a3e010f424f40b32ead52593bf276421';
