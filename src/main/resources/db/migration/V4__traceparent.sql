-- Where the work came from (W3C Trace Context), for whoever takes it up to continue the trace; null while nothing is traced.
ALTER TABLE deprovision ADD COLUMN traceparent VARCHAR(55);
ALTER TABLE webhook_delivery ADD COLUMN traceparent VARCHAR(55);
