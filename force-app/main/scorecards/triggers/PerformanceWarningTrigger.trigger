trigger PerformanceWarningTrigger on PerformanceWarning__c (before insert, before update, before delete, after undelete) {
    WarningGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
