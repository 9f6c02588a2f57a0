-- Who is away, and who holds meanwhile what they held.
create table absences (
  id bigint generated always as identity primary key,
  staff_id bigint not null references staff,
  kind text not null check (kind in ('planned', 'sick', 'training')),
  from_at timestamptz not null,
  -- Null where nobody knows yet when they are back.
  until_at timestamptz check (until_at > from_at),
  cover_id bigint references staff check (cover_id <> staff_id),
  note text not null default '',
  made_by bigint not null references staff,
  made_at timestamptz not null,
  -- Said to be wrong, or never came to be; one that ended early has its end moved.
  cancelled_at timestamptz,
  version int not null default 1,
  -- Nobody is away twice at once: two who note it at the same moment, too.
  exclude using gist (staff_id with =, tstzrange(from_at, until_at) with &&) where (cancelled_at is null)
);
create index absences_by_end on absences (coalesce(until_at, 'infinity') desc, id desc) where cancelled_at is null;
create index absences_of_staff on absences (staff_id, from_at desc, id desc);
create index absences_by_cover on absences (cover_id, from_at) where cancelled_at is null and cover_id is not null;

-- What was handed to colleagues in one go.
create table handovers (
  id bigint generated always as identity primary key,
  absence_id bigint not null references absences,
  made_by bigint not null references staff,
  made_at timestamptz not null,
  returned_by bigint references staff,
  returned_at timestamptz
);
create index handovers_of_absence on handovers (absence_id, id);

create table handover_items (
  handover_id bigint not null references handovers,
  kind text not null check (kind in ('case', 'promise', 'booking')),
  subject_id bigint not null,
  to_staff_id bigint not null references staff,
  -- Refused: it could not be given. Kept: it stayed with whoever covered it when the other came back.
  state text not null check (state in ('given', 'refused', 'returned', 'kept')),
  reason text not null default '',
  primary key (handover_id, kind, subject_id)
);

update roles set permissions = permissions || '{cover.edit}' where key in ('administrator', 'line_manager', 'supervisor');
