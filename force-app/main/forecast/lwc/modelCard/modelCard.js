// What the models foretell and how good they proved: for each its status, record, reliability and what it looks at, beside
// the naive methods it had to beat; and what each warning rule is worth. For managers and admins.
import { LightningElement, wire } from 'lwc';
import getCards from '@salesforce/apex/ModelCardController.getCards';
import { keepFresh, readWires } from 'c/keepFresh';
import { fillLabel, formatNumber } from 'c/labelText';
import { percentText } from 'c/payFigures';
import { ruleTitle } from 'c/flagWording';
import { listIn, statusOf, wordsOfKind } from './cardRows';
import title from '@salesforce/label/c.SpmModelTitle';
import none from '@salesforce/label/c.SpmModelNone';
import noneText from '@salesforce/label/c.SpmModelNoneText';
import fitted from '@salesforce/label/c.SpmModelFitted';
import discrimination from '@salesforce/label/c.SpmModelDiscrimination';
import brier from '@salesforce/label/c.SpmModelBrier';
import baseline from '@salesforce/label/c.SpmModelBaseline';
import calibration from '@salesforce/label/c.SpmModelCalibration';
import drift from '@salesforce/label/c.SpmModelDrift';
import race from '@salesforce/label/c.SpmModelRace';
import method from '@salesforce/label/c.SpmModelMethod';
import naive from '@salesforce/label/c.SpmModelNaive';
import inputs from '@salesforce/label/c.SpmModelInputs';
import flags from '@salesforce/label/c.SpmModelFlags';
import rule from '@salesforce/label/c.SpmModelRule';
import hitRate from '@salesforce/label/c.SpmModelHitRate';
import hitRateText from '@salesforce/label/c.SpmModelHitRateText';
import feedback from '@salesforce/label/c.SpmModelFeedback';
import lift from '@salesforce/label/c.SpmModelLift';
import interval from '@salesforce/label/c.SpmModelInterval';
import leadDays from '@salesforce/label/c.SpmModelLeadDays';
import why from '@salesforce/label/c.SpmModelWhy';
import allTypes from '@salesforce/label/c.SpmModelAllTypes';
import noType from '@salesforce/label/c.SpmModelNoType';

const DECIMALS = { minimumFractionDigits: 3, maximumFractionDigits: 3 };

function figure(value) {
    return value === undefined || value === null ? '' : formatNumber(value, DECIMALS);
}

function countOf(value) {
    return value === undefined || value === null ? '' : formatNumber(value);
}

function ratesOf({ hitRate: flagged, baseRate: others }) {
    const isKnown = [flagged, others].every((share) => share !== undefined && share !== null);
    return isKnown ? fillLabel(hitRateText, percentText(flagged), percentText(others)) : '';
}

/** What most ask for first. */
const ORDER = ['Win', 'Win30', 'Win14', 'Stall14'];

function inOrder(cards) {
    const place = ({ kind }) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);
    return [...cards].sort((a, b) => place(a) - place(b));
}

export default class ModelCard extends LightningElement {
    label = {
        title,
        none,
        noneText,
        race,
        method,
        naive,
        discrimination,
        brier,
        calibration,
        inputs,
        flags,
        rule,
        hitRate,
        feedback,
        lift,
        interval,
        leadDays,
        why
    };
    wired = {};
    endRefresh;

    @wire(getCards)
    receive(result) {
        this.wired = result;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get isEmpty() {
        return Boolean(this.wired.data) && this.cards.length === 0 && this.flags.length === 0;
    }

    get hasFlags() {
        return this.flags.length > 0;
    }

    get cards() {
        return inOrder(this.wired.data?.cards ?? []).map((card) => {
            const bins = listIn(card.reliability);
            return {
                key: card.modelKey,
                title: wordsOfKind(card.kind),
                status: statusOf(card.status),
                plainText: card.plainText,
                figures: this.figuresOf(card),
                bins,
                hasBins: bins.length > 0,
                race: listIn(card.race).map((entrant, index) => ({
                    key: `${index}-${entrant.method}`,
                    method: entrant.isNaive ? fillLabel(naive, entrant.method) : entrant.method,
                    discrimination: figure(entrant.discrimination),
                    brier: figure(entrant.brierScore),
                    calibration: figure(entrant.calibrationError)
                })),
                inputs: listIn(card.inputs).map(({ name, words }) => ({ key: name, words }))
            };
        });
    }

    figuresOf(card) {
        return [
            { key: 'fitted', words: fitted, day: card.fittedAt?.slice(0, 10) },
            { key: 'discrimination', words: discrimination, text: figure(card.discrimination) },
            { key: 'brier', words: brier, text: figure(card.brierScore) },
            { key: 'baseline', words: baseline, text: figure(card.baselineBrierScore) },
            { key: 'calibration', words: calibration, text: figure(card.calibrationError) },
            { key: 'drift', words: drift, text: figure(card.driftScore) }
        ].filter(({ text, day }) => text || day);
    }

    get flags() {
        return (this.wired.data?.flags ?? []).map((record) => ({
            key: `${record.ruleKey}:${record.segment}`,
            rule: ruleTitle(record.ruleKey),
            segment: record.segment === '*' ? allTypes : (record.segment ?? noType),
            status: statusOf(record.status),
            lift: figure(record.lift),
            interval:
                record.liftLow === undefined || record.liftLow === null
                    ? ''
                    : `${figure(record.liftLow)} – ${figure(record.liftHigh)}`,
            hitRate: ratesOf(record),
            leadDays: countOf(record.leadDays),
            feedback: countOf(record.feedbackCount),
            why: record.why
        }));
    }

    async refresh() {
        await readWires(this.wired);
    }

    handleRetry() {
        this.refresh();
    }
}
