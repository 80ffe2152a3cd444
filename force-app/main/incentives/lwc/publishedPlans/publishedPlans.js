// @ts-nocheck
// Generated from config/plans by: npm run --silent plan -- docs
import { PLANS as part1 } from './part1';
import { PLANS as part2 } from './part2';

export const PUBLISHED_PLANS = [...part1, ...part2];
