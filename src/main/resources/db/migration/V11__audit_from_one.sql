-- Whatever is below the first number of the chain would belong to no chain.
ALTER TABLE audit_entry ADD CONSTRAINT audit_entry_counts_from_one CHECK (sequence > 0);
