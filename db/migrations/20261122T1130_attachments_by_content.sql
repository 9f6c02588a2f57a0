-- Which contents nothing has any more is asked each night, before their bytes are removed.
create index attachments_by_content on attachments (sha256);
