-- Of several recipients some may be put off by the other server while the rest have the mail: those are tried again.
alter table outgoing_mail add column recipients_left text[] check (cardinality(recipients_left) > 0);
