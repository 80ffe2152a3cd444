// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = '0df7f6aae17dc6f8363fe2c819651e3830cfb3f5f728c08d487a9bed3b9fdf81';
