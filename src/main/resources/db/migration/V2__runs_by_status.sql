-- Runs of one status, newest first, and the count of those that are active.
CREATE INDEX deprovision_by_status ON deprovision (status, id);
