// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = 'b9795b27a4144d441e3348584bc8f0de79f8760257e50f2533e74a7f1f2434fc';
