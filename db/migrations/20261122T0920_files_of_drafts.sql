-- Files that were uploaded and not sent belong to what their writer has begun: the reply or the note of that case.
alter table attachments
  add column draft_kind text check (draft_kind in ('reply', 'note')),
  add constraint attachments_of_draft
    check (draft_kind is null or (message_id is null and case_id is not null and staff_id is not null));
create index attachments_unsent on attachments (case_id, staff_id) where message_id is null;
