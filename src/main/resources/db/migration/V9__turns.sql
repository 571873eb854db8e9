-- Who has how many active runs; and the due tasks of owners who have few.
CREATE INDEX deprovision_active_by_requester ON deprovision (requested_by, active_group_id);
CREATE INDEX deprovision_task_turn ON deprovision_task (priority, execution_time);
