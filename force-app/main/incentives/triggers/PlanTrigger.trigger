trigger PlanTrigger on Plan__c (before insert, before update, before delete, after undelete) {
    PlanGuard.checkPlans(Trigger.operationType, Trigger.old, Trigger.new);
}
