// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = '411caddb3b4d5f0330a03da9015174a88b2d027868bb783cc55099784dbce666';
