import { expect, test } from '@jest/globals';
import { parseDay } from '../../src/domain/calendar.ts';
import type { ForecastResult } from '../../src/domain/quarter/quarter-review.ts';
import { forecastRow, scoreFields } from '../../src/salesforce/map-quarter-rows.ts';

const FORECAST: ForecastResult = {
    of: { userId: '005', scope: 'Own', memberIds: new Set() } as unknown as ForecastResult['of'],
    segment: '',
    asOf: parseDay('2026-11-21'),
    period: {
        key: '2026-Q4',
        startOn: parseDay('2026-10-01'),
        endOn: parseDay('2026-12-31')
    } as ForecastResult['period'],
    basis: 'Model',
    range: null,
    wonMinor: 0,
    targetMinor: null,
    stageWeightedMinor: null,
    lastPeriodMinor: null,
    commitMinor: null,
    dealCount: 0,
    drivers: [],
    optimism: ''
};

test('a forecast names the model its chances come from, as the deals themselves do', () => {
    const score = {
        dealId: '006',
        win: 0,
        winSoon: 0,
        stall: null,
        earlyOn: 0,
        likelyOn: 0,
        lateOn: 0,
        reasons: []
    };
    expect(forecastRow(FORECAST)['ModelKey__c']).toBe('Win:2026-11-21');
    expect(scoreFields(score, FORECAST.asOf)['ModelKey__c']).toBe('Win:2026-11-21');
});

test('a forecast without a model names none', () => {
    expect(forecastRow({ ...FORECAST, basis: 'StageRates' })['ModelKey__c']).toBeNull();
});
