trigger ForecastCommitTrigger on ForecastCommit__c (before insert, before update, before delete, after undelete) {
    CommitGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
