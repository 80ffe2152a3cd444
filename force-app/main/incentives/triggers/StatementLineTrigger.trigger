trigger StatementLineTrigger on StatementLine__c (before insert, before update, before delete, after undelete) {
    StatementGuard.checkLines(Trigger.operationType, Trigger.old, Trigger.new);
}
