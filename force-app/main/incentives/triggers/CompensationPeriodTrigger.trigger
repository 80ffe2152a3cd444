trigger CompensationPeriodTrigger on CompensationPeriod__c (before insert, before update, before delete, after undelete) {
    PeriodGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
