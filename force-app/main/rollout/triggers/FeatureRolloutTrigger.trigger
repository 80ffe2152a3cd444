trigger FeatureRolloutTrigger on FeatureRollout__c (before insert, before update, before delete, after undelete) {
    FeatureRolloutGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
