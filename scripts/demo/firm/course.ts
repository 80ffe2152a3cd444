// How one deal goes, before it is written down as rows: its stages, close dates, amounts and contacts by day.
import { workday } from './calendar.ts';
import { OPEN_STAGES, type Segment } from './market.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

/** The course of a deal; planted truths bend it. */
export interface Course {
    random: Random;
    asOfDay: number;
    segment: Segment;
    owner: Person;
    createdDay: number;
    /** day each stage was entered, in order; the last one is current */
    stages: { name: string; day: number }[];
    /** close date as first planned and each later change, in order */
    closeDates: { day: number; closeDay: number }[];
    amounts: { day: number; amount: number }[];
    /** days of two-way contact and of unanswered outbound touches */
    answeredDays: number[];
    sentDays: number[];
    nextStepDay: number | null;
    nextStep: string | null;
}

const HISTORY_DAYS = 730;
/** As in life, most deals that are lost go quiet first and stay in their last stage for longer. */
const FADING_SHARE = 0.85;
const FADING_STAGE = 1.5;
const FADING_CONTACT = 0.15;
/** Deals far above what clients usually sign are won less often. */
const LARGE_DEAL = { timesMedian: 2.4, winRate: 0.25, otherWinRate: 1.08 };

/** A deal that goes the way deals of its segment go: stages of log-normal length, contact every week or two. */
export function usualCourse(random: Random, asOfDay: number, segment: Segment, owner: Person): Course {
    const createdDay = workday(asOfDay - random.int(5, HISTORY_DAYS));
    const stages = [{ name: OPEN_STAGES[0]!.name, day: createdDay }];
    const amount = roundAmount(random.around(segment.medianAmount, 0.6));
    const willWin = random.chance(winChance(segment, amount));
    const lostInStage = random.int(0, OPEN_STAGES.length - 1);
    const isFading = !willWin && random.chance(FADING_SHARE);
    let fadesFrom = Infinity;
    let day = createdDay;
    for (let index = 0; index < OPEN_STAGES.length; index++) {
        const isLastOfFading = isFading && index === lostInStage;
        if (isLastOfFading) fadesFrom = day + random.int(3, 10);
        const days = random.around(segment.stageDays[index]!, 0.45) * (isLastOfFading ? FADING_STAGE : 1);
        day = workday(day + Math.max(1, Math.round(days)));
        const last = willWin ? index === OPEN_STAGES.length - 1 : index === lostInStage;
        if (day > asOfDay) break;
        stages.push({
            name: last ? (willWin ? 'Closed Won' : 'Closed Lost') : OPEN_STAGES[index + 1]!.name,
            day
        });
        if (last) break;
    }
    const plannedDays = segment.stageDays.reduce((sum, days) => sum + days, 0);
    const endDay = endOf(stages, asOfDay);
    const course: Course = {
        random,
        asOfDay,
        segment,
        owner,
        createdDay,
        stages,
        closeDates: [
            { day: createdDay, closeDay: createdDay + Math.round(plannedDays * (1.05 + random.next() * 0.4)) }
        ],
        amounts: [{ day: createdDay, amount }],
        answeredDays: contactDays(random, createdDay, endDay).filter(
            (on) => on < fadesFrom || random.chance(FADING_CONTACT)
        ),
        sentDays: contactDays(random, createdDay + 2, endDay),
        nextStepDay: workday(asOfDay + random.int(1, 12)),
        nextStep: random.pick([
            'Agree terms with the client',
            'Send revised proposal',
            'Meet the investment committee',
            'Confirm onboarding date'
        ])
    };
    moveCloseDateWhenPassed(course, endDay);
    if (random.chance(0.3))
        course.amounts.push({
            day: Math.min(createdDay + 10, endDay),
            amount: roundAmount(amount * (0.85 + random.next() * 0.3))
        });
    return course;
}

function winChance({ winRate, medianAmount }: Segment, amount: number): number {
    const isLarge = amount > LARGE_DEAL.timesMedian * medianAmount;
    return winRate * (isLarge ? LARGE_DEAL.winRate : LARGE_DEAL.otherWinRate);
}

/** Day the deal ended, or the as-of day while it is open. */
export function endOf(stages: Course['stages'], asOfDay: number): number {
    const last = stages.at(-1)!;
    return last.name.startsWith('Closed') ? last.day : asOfDay;
}

/** A rep who sees the close date pass moves it forward, once or twice; most of the time before it passes. */
function moveCloseDateWhenPassed(course: Course, endDay: number): void {
    for (;;) {
        const planned = course.closeDates.at(-1)!;
        if (planned.closeDay >= endDay) break;
        const day = workday(Math.max(planned.day, planned.closeDay - course.random.int(1, 8)));
        course.closeDates.push({
            day: Math.min(day, endDay),
            closeDay: Math.max(planned.closeDay, day) + course.random.int(30, 75)
        });
    }
}

function contactDays(random: Random, from: number, to: number): number[] {
    const days: number[] = [];
    for (let day = workday(from + random.int(0, 4)); day <= to; day = workday(day + random.int(4, 13)))
        days.push(day);
    return days;
}

const roundAmount = (amount: number): number => Math.max(1000, Math.round(amount / 250) * 250);
