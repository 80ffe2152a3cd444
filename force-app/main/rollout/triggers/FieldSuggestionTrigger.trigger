trigger FieldSuggestionTrigger on FieldSuggestion__c (before insert, before update, before delete, after undelete) {
    SuggestionGuard.check(Trigger.operationType, Trigger.old, Trigger.new);
}
