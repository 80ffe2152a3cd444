// The table of rules. A new rule is a file here, a line in this table, a row in default-policy.ts and its cases.
import type { RuleKey } from '../types.ts';
import { amountOutOfLine } from './amount-out-of-line.ts';
import { decisionMakerCold } from './decision-maker-cold.ts';
import { ghosted } from './ghosted.ts';
import { improbableClose } from './improbable-close.ts';
import { movedBackward } from './moved-backward.ts';
import { noNextStep } from './no-next-step.ts';
import { overdue } from './overdue.ts';
import { pushedCloseDate } from './pushed-close-date.ts';
import type { FlagRule } from './rule.ts';
import { singleThreaded } from './single-threaded.ts';
import { staleContact } from './stale-contact.ts';
import { stalledInStage } from './stalled-in-stage.ts';

export const FLAG_RULES: readonly (readonly [RuleKey, FlagRule])[] = [
    ['R1', staleContact],
    ['R2', ghosted],
    ['R3', overdue],
    ['R4', pushedCloseDate],
    ['R5', stalledInStage],
    ['R6', singleThreaded],
    ['R7', decisionMakerCold],
    ['R8', amountOutOfLine],
    ['R9', noNextStep],
    ['R10', movedBackward],
    ['R11', improbableClose]
];
