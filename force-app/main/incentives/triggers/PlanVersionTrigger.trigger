trigger PlanVersionTrigger on PlanVersion__c (before insert, before update, before delete, after undelete) {
    PlanGuard.checkVersions(Trigger.operationType, Trigger.old, Trigger.new);
}
