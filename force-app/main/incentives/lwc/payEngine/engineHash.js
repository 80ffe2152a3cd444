// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = 'f373a08f2dd6f6573e02f88d54d373314fbdea797a4f4eb457c6de08779ed735';
