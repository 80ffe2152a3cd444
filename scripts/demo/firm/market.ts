// What the demo firm sells and how its sales usually go: stages, segments, typical sizes and durations.
import type { Division } from './people.ts';

export interface Stage {
    name: string;
    probability: number;
    forecastCategory: 'Pipeline' | 'BestCase' | 'Forecast' | 'Closed' | 'Omitted';
    isClosed: boolean;
    isWon: boolean;
}

export const STAGES: Stage[] = [
    { name: 'Qualification', probability: 10, forecastCategory: 'Pipeline', isClosed: false, isWon: false },
    { name: 'Discovery', probability: 25, forecastCategory: 'Pipeline', isClosed: false, isWon: false },
    { name: 'Proposal', probability: 50, forecastCategory: 'BestCase', isClosed: false, isWon: false },
    { name: 'Due Diligence', probability: 70, forecastCategory: 'BestCase', isClosed: false, isWon: false },
    { name: 'Negotiation', probability: 85, forecastCategory: 'Forecast', isClosed: false, isWon: false },
    { name: 'Closed Won', probability: 100, forecastCategory: 'Closed', isClosed: true, isWon: true },
    { name: 'Closed Lost', probability: 0, forecastCategory: 'Omitted', isClosed: true, isWon: false }
];
export const OPEN_STAGES = STAGES.filter((stage) => !stage.isClosed);

export interface Segment {
    /** Opportunity.Type */
    name: string;
    division: Division;
    /** median calendar days in each open stage */
    stageDays: number[];
    medianAmount: number;
    winRate: number;
    product: string;
    recurring: boolean;
}

export const SEGMENTS: Segment[] = [
    {
        name: 'Discretionary Mandate',
        division: 'Wealth',
        stageDays: [10, 14, 16, 14, 10],
        medianAmount: 42_000,
        winRate: 0.34,
        product: 'Discretionary management fee',
        recurring: true
    },
    {
        name: 'Pension Transfer',
        division: 'Wealth',
        stageDays: [8, 16, 20, 24, 12],
        medianAmount: 18_000,
        winRate: 0.41,
        product: 'Pension transfer advice',
        recurring: false
    },
    {
        name: 'Private Credit Fund',
        division: 'Wealth',
        stageDays: [12, 18, 22, 26, 14],
        medianAmount: 95_000,
        winRate: 0.26,
        product: 'Private credit subscription',
        recurring: false
    },
    {
        name: 'Fund Administration',
        division: 'Servicing',
        stageDays: [18, 26, 34, 40, 24],
        medianAmount: 310_000,
        winRate: 0.27,
        product: 'Fund administration fee',
        recurring: true
    },
    {
        name: 'Custody',
        division: 'Servicing',
        stageDays: [20, 28, 36, 44, 26],
        medianAmount: 540_000,
        winRate: 0.23,
        product: 'Custody and settlement fee',
        recurring: true
    },
    {
        name: 'Transfer Agency',
        division: 'Servicing',
        stageDays: [16, 22, 28, 34, 20],
        medianAmount: 190_000,
        winRate: 0.3,
        product: 'Transfer agency fee',
        recurring: true
    }
];

export const CLIENT_WORDS = {
    first: 'Aldgate Alpine Amberley Beacon Blackfriars Calder Cedar Clearwater Crestfield Dunmore Eastbourne Fairhaven Glenmore Greystone Harbour Highfield Ironbridge Juniper Kestrel Lakeside Larchmont Meridian Montrose Northgate Oakhurst Pembroke Queensway Ravenscourt Sandringham Silverton Thornbury Upland Valemount Westbrook Wexford Yarrow'.split(
        ' '
    ),
    wealth: ['Family Office', 'Trust', 'Holdings', 'Foundation', 'Estate', 'Partners'],
    servicing: [
        'Asset Management',
        'Capital',
        'Pension Fund',
        'Investment Trust',
        'Life Assurance',
        'Credit Partners'
    ]
};

export const CONTACT_ROLES = [
    'Decision Maker',
    'Economic Buyer',
    'Evaluator',
    'Influencer',
    'Executive Sponsor',
    'Business User'
];

/** What a touch looks like as a Salesforce Task; `answered` touches are two-way contact. */
export const TOUCHES = {
    answered: [
        { TaskSubtype: 'Call', Type: 'Call', Subject: 'Call: client review', CallType: 'Inbound' },
        { TaskSubtype: 'Call', Type: 'Call', Subject: 'Call: terms discussed', CallType: 'Outbound' },
        {
            TaskSubtype: 'Email',
            Type: 'Email',
            Subject: 'Email received: questions on the proposal',
            CallType: null
        }
    ],
    sent: [
        { TaskSubtype: 'Email', Type: 'Email', Subject: 'Email sent: following up', CallType: null },
        { TaskSubtype: 'Email', Type: 'Email', Subject: 'Email sent: documents attached', CallType: null }
    ]
};
