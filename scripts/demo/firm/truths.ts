// Truths planted into the demo firm, so that tests can check that the product finds them again:
//   zombie      open, no contact and no stage change for most of a year, close date pushed on and on
//   pushed      lively, but the close date moved at least five times
//   ghosted     we write, nobody answers
//   sandbagger  a seller whose won deals always close far earlier and larger than he had said
// Truths about people are in person-truths.ts, what they change in behaviour.ts and planted-rows.ts:
//   declining          what clients, tickets, operations or file reviews say gets worse, results follow a quarter later
//   quieter            far less client work than before
//   self-copies        logs mails to himself as work on clients
//   unanswered-bursts  fourteen mails to fourteen clients within the hour, again and again, and nobody answers
//   date-resets        moves the close dates of all his deals on the day they fall due, without a word to any client
//   split-game         four sellers who put each other on their deals at one percent
//   decoy-newsletter   bursts that clients do answer; decoy-assistant: token shares that never come back. Neither is a game
import { workday } from './calendar.ts';
import { OPEN_STAGES } from './market.ts';
import { endOf, type Course } from './course.ts';

export type TruthKind = 'zombie' | 'pushed' | 'ghosted' | 'sandbagger';

export interface PlantedTruth {
    kind: TruthKind;
    opportunityId: string;
    ownerId: string;
}

/** Sellers whose id number divides by 17 sandbag; 2 in 100 deals become zombies, 2 pushed, 2 ghosted. */
export function plantTruth(course: Course, index: number, opportunityId: string): PlantedTruth | null {
    const truth = (kind: TruthKind): PlantedTruth => ({ kind, opportunityId, ownerId: course.owner.id });
    switch (index % 50) {
        case 7:
            makeZombie(course);
            return truth('zombie');
        case 19:
            makePushed(course);
            return truth('pushed');
        case 31:
            makeGhosted(course);
            return truth('ghosted');
    }
    if (isSandbagger(course.owner.username) && course.stages.at(-1)!.name === 'Closed Won') {
        sandbag(course);
        return truth('sandbagger');
    }
    return null;
}

/** A fixed, readable choice that needs no list: one seller in seventeen by the letters of the user name. */
export function isSandbagger(username: string): boolean {
    let sum = 0;
    for (const letter of username) sum += letter.charCodeAt(0);
    return sum % 17 === 3;
}

function reopen(course: Course, ageDays: number, stageIndex: number, stageAgeDays: number): void {
    course.createdDay = workday(course.asOfDay - ageDays);
    const step = Math.floor((ageDays - stageAgeDays) / Math.max(1, stageIndex));
    course.stages = OPEN_STAGES.slice(0, stageIndex + 1).map((stage, position) => ({
        name: stage.name,
        day:
            position === stageIndex
                ? workday(course.asOfDay - stageAgeDays)
                : workday(course.createdDay + position * step)
    }));
    course.amounts = [{ day: course.createdDay, amount: course.amounts[0]!.amount }];
}

const spread = (from: number, to: number, every: number): number[] =>
    Array.from({ length: Math.max(0, Math.floor((to - from) / every) + 1) }, (_, step) =>
        workday(from + step * every)
    ).filter((day) => day <= to);

function makeZombie(course: Course): void {
    const { random, asOfDay } = course;
    const silence = random.int(150, 240);
    reopen(course, silence + random.int(60, 160), random.int(1, 3), silence + 10);
    course.answeredDays = spread(course.createdDay + 3, asOfDay - silence, 9);
    course.sentDays = spread(course.createdDay + 5, asOfDay - silence, 12);
    course.closeDates = quarterlyPushes(course, course.createdDay + 60);
    course.nextStepDay = null;
    course.nextStep = null;
}

/** The quarter ends, the date moves a quarter on. */
function quarterlyPushes(course: Course, firstCloseDay: number): Course['closeDates'] {
    const closeDates = [{ day: course.createdDay, closeDay: firstCloseDay }];
    for (let closeDay = firstCloseDay; closeDay < course.asOfDay; closeDay += 91) {
        closeDates.push({ day: workday(closeDay - 5), closeDay: closeDay + 91 });
    }
    return closeDates;
}

function makePushed(course: Course): void {
    const { random, asOfDay } = course;
    reopen(course, 190, 3, random.int(12, 25));
    course.answeredDays = spread(course.createdDay + 2, asOfDay - 2, 6);
    course.sentDays = spread(course.createdDay + 4, asOfDay - 1, 9);
    course.closeDates = [{ day: course.createdDay, closeDay: course.createdDay + 50 }];
    for (let push = 0; push < 5; push++) {
        const last = course.closeDates.at(-1)!;
        course.closeDates.push({
            day: workday(last.closeDay - 3),
            closeDay: last.closeDay + random.int(28, 32)
        });
    }
    const last = course.closeDates.at(-1)!;
    last.closeDay = Math.max(last.closeDay, asOfDay + random.int(10, 40));
}

function makeGhosted(course: Course): void {
    const { random, asOfDay } = course;
    reopen(course, 80, 2, random.int(30, 40));
    const lastAnswer = asOfDay - random.int(32, 40);
    course.answeredDays = spread(course.createdDay + 2, lastAnswer, 6);
    course.sentDays = spread(lastAnswer + 3, asOfDay - 3, 6);
    course.closeDates = [{ day: course.createdDay, closeDay: asOfDay + random.int(15, 60) }];
}

/** Says late and small, closes early and large: the close date jumps forward and the amount up on the last day. */
function sandbag(course: Course): void {
    const endDay = endOf(course.stages, course.asOfDay);
    const amount = course.amounts.at(-1)!.amount;
    course.closeDates = [{ day: course.createdDay, closeDay: endDay + course.random.int(100, 160) }];
    course.amounts = [
        { day: course.createdDay, amount: Math.round(amount * 0.6) },
        { day: endDay, amount }
    ];
}
