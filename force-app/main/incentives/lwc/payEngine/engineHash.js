// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
export const ENGINE_HASH = '6b356afc7c2b77ba8444355454205b0ccc7dac7a1cd565f9079e5594d09e9973';
