trigger PayeeResultTrigger on PayeeResult__c (before insert, before update, before delete, after undelete) {
    FigureGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
