trigger PerformanceStandardTrigger on PerformanceStandard__c (before insert, before update, before delete, after undelete) {
    StandardGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
