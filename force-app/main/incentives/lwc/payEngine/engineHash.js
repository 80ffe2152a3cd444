// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = '1618b88fd19772064dd3d02a553a801310a95e77762fb71101016abe6811c214';
