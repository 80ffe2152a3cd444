// What a page calculates and tells with: one of the entries of the engine of pages (bundle.ts).
export { calculate } from '../../service/src/domain/incentives/calculate.ts';
export { explainPlan, explanationAsText } from '../../service/src/domain/incentives/explain-plan.ts';
export { runCase } from '../../service/src/domain/incentives/run-cases.ts';
export { resultAsData } from '../../service/src/domain/incentives/write-result.ts';
