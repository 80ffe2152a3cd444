trigger InterventionTrigger on Intervention__c (before insert, before update, before delete, after undelete) {
    InterventionGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
