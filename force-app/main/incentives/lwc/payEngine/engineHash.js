// @ts-nocheck
// Generated from service/src/domain/incentives by: node scripts/pay-engine/main.ts
/* eslint-disable */
export const ENGINE_HASH = '8c5d6cd27ebc539f05fe154a09810fa3abb5a0495bc140abeb128c8695e26f08';
