trigger StatementTrigger on Statement__c (before insert, before update, before delete, after undelete) {
    StatementGuard.checkStatements(Trigger.operationType, Trigger.old, Trigger.new);
}
