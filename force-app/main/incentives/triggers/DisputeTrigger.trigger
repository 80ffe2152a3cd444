trigger DisputeTrigger on Dispute__c (before insert, before update, before delete, after undelete) {
    DisputeGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
