trigger QuotaTrigger on Quota__c (before insert, before update, before delete, after undelete) {
    AssignmentGuard.checkQuotas(Trigger.operationType, Trigger.old, Trigger.new);
}
