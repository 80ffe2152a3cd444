// Standard icons by object. Custom objects share one, as their tab motifs are not read.
const icons: Record<string, string> = {
    Account: 'standard:account',
    Contact: 'standard:contact',
    Event: 'standard:event',
    Opportunity: 'standard:opportunity',
    OpportunityContactRole: 'standard:contact',
    OpportunityHistory: 'standard:timesheet_entry',
    OpportunityLineItem: 'standard:product_item',
    OpportunitySplit: 'standard:partners',
    Product2: 'standard:product',
    Task: 'standard:task',
    User: 'standard:user'
};

export function iconOf(objectName: string): string {
    return icons[objectName] ?? (objectName.endsWith('__c') ? 'standard:custom' : 'standard:record');
}
