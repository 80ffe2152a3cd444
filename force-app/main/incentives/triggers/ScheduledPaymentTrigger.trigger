trigger ScheduledPaymentTrigger on ScheduledPayment__c (before insert, before update, before delete, after undelete) {
    ReleaseGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
