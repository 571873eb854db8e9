-- Further facts of an entry: a JSON object, hashed with the rest of its content.
ALTER TABLE audit_entry ADD COLUMN details TEXT;

-- Written by the sealer, as the chain's columns are. The hash of the content alone, and the rules that the entry was sealed by:
-- null for those of before, which know no content hash.
ALTER TABLE audit_entry ADD COLUMN content_hash VARCHAR(64);
ALTER TABLE audit_entry ADD COLUMN format SMALLINT;

-- Made with the sealing key by the process that writes the entry: a random value, and an HMAC over it and the content.
ALTER TABLE audit_entry ADD COLUMN mac VARCHAR(96);
-- What the sealer found: whether the entry came from a process that has the key; null if the sealer has no key.
ALTER TABLE audit_entry ADD COLUMN authentic BOOLEAN;

-- A copied entry would bring its mac with it.
CREATE UNIQUE INDEX audit_entry_by_mac ON audit_entry (mac);
