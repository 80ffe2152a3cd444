trigger PlanComponentTrigger on PlanComponent__c (before insert, before update, before delete, after undelete) {
    PlanGuard.checkComponents(Trigger.operationType, Trigger.old, Trigger.new);
}
