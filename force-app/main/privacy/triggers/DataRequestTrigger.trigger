trigger DataRequestTrigger on DataRequest__c (before insert, before update, before delete, after undelete) {
    DataRequestGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
