trigger ScorecardViewTrigger on ScorecardView__c (before insert, before update, before delete, after undelete) {
    ViewGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
