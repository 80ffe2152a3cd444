// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = 'bec2f3252a1131044c4f6b8226df46ffc6fcaeb14ffe55d1861c783adb922d87';
