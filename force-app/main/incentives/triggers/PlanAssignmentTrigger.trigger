trigger PlanAssignmentTrigger on PlanAssignment__c (before insert, before update, before delete, after undelete) {
    AssignmentGuard.checkAssignments(Trigger.operationType, Trigger.old, Trigger.new);
}
