trigger AdjustmentTrigger on Adjustment__c (before insert, before update, before delete, after undelete) {
    AdjustmentGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
