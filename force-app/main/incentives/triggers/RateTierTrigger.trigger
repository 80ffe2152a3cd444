trigger RateTierTrigger on RateTier__c (before insert, before update, before delete, after undelete) {
    PlanGuard.checkTiers(Trigger.operationType, Trigger.old, Trigger.new);
}
