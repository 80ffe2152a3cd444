// What a page reads plans and inputs with: one of the entries of the engine of pages (bundle.ts).
export { parseCases } from '../../service/src/domain/incentives/parse-cases.ts';
export { parseInput } from '../../service/src/domain/incentives/parse-input.ts';
export { parsePlan } from '../../service/src/domain/incentives/parse-plan.ts';
