trigger MetricDefinitionTrigger on MetricDefinition__c (before insert, before update, before delete, after undelete) {
    MetricGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
