// The objects the check of a connection looks at: what runs read of the CRM, and what they save. A test holds the second
// list to the permission set of the integration user.

/** Without these no run is possible. */
export const REQUIRED_OBJECTS: readonly string[] = ['Opportunity', 'OpportunityHistory', 'User'];

export const READ_OBJECTS: readonly string[] = [
    ...REQUIRED_OBJECTS,
    'Account',
    'Contact',
    'Event',
    'OpportunityContactRole',
    'OpportunityStage',
    'Period',
    'Task'
];

export const WRITTEN_OBJECTS: readonly string[] = [
    'CadenceItem__c',
    'CalculationRun__c',
    'CompensationPeriod__c',
    'Credit__c',
    'DataRequestPart__c',
    'DealHealth__c',
    'FactImport__c',
    'FieldSuggestion__c',
    'FlagRecord__c',
    'FocusList__c',
    'Goal__c',
    'Intervention__c',
    'LedgerBalance__c',
    'MetricDefinition__c',
    'ModelCard__c',
    'PayeeResult__c',
    'PerformanceFact__c',
    'PerformanceStandard__c',
    'PerformanceWarning__c',
    'PipelineFlag__c',
    'PipelineForecast__c',
    'PipelineSnapshot__c',
    'PlanComponent__c',
    'PlanSimulation__c',
    'PlanVersion__c',
    'Plan__c',
    'PlaybookStep__c',
    'RateTier__c',
    'Run__c',
    'ScheduledPayment__c',
    'ScorecardMetricResult__c',
    'ScorecardView__c',
    'Scorecard__c',
    'SimulatedPay__c',
    'StatementLine__c',
    'Statement__c',
    'TeamWeek__c',
    'WeeklyBrief__c'
];
