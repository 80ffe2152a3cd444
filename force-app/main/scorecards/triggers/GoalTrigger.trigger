trigger GoalTrigger on Goal__c (before insert, before update, before delete, after undelete) {
    GoalGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
