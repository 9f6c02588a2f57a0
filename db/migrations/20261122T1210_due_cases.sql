-- The promise to the customer that is due next, on the case itself: it orders the queue and shows on every row.
alter table cases add column due_at timestamptz, add column due_kind text, add check ((due_at is null) = (due_kind is null));
create index cases_by_due on cases (due_at, id) where due_at is not null;
