-- Referrals: asking somebody else about a case, inside or outside, in a conversation of its own.
create table referrals (
  id bigint generated always as identity primary key,
  -- Which case it belongs to follows from the conversation: merges move that.
  conversation_id bigint not null unique references conversations,
  reason text not null check (reason in ('outside_expertise', 'outside_authority', 'seeking_advice', 'unable_to_deal')),
  to_kind text not null check (to_kind in ('decider', 'colleague', 'role', 'manager', 'team', 'supplier')),
  to_team_id bigint references teams,
  to_person_id bigint references people,
  how text not null check (how in ('by_message', 'in_writing', 'face_to_face', 'by_phone')),
  question text not null check (btrim(question) <> ''),
  -- What was said where it was not written.
  said text not null default '',
  made_by bigint not null references staff,
  made_at timestamptz not null,
  -- With whom it is now, and how that was found. Nobody where it is with a team or a supplier.
  decider_id bigint references staff,
  trail jsonb not null default '[]',
  -- The form of the act that is asked for, and its worth in minor units.
  form jsonb,
  worth bigint not null default 0 check (worth >= 0),
  promise_id bigint references promises,
  state text not null default 'open' check (state in ('open', 'answered', 'decided', 'taken_over', 'handed_back', 'withdrawn')),
  answer text not null default '',
  answered_by bigint references staff,
  answered_at timestamptz,
  decision_id bigint references decisions,
  version int not null default 1,
  constraint referrals_maker_is_never_checker check (answered_by <> made_by),
  check ((to_kind = 'team') = (to_team_id is not null)),
  check ((to_kind = 'supplier') = (to_person_id is not null)),
  check ((state = 'open') = (answered_at is null)),
  check ((state = 'decided') = (decision_id is not null))
);
create index referrals_open_by_age on referrals (made_at, id) where state = 'open';
create index referrals_open_by_worth on referrals (worth desc, id) where state = 'open';
create index referrals_done on referrals (answered_at desc, id desc) where state <> 'open';
create index referrals_of_decider on referrals (decider_id, made_at, id) where state = 'open';
create index referrals_of_team on referrals (to_team_id, made_at, id) where state = 'open';
create index referrals_of_maker on referrals (made_by, id desc);

-- Whoever is entered in the register as having asked and decided is who asked and decided here.
create function referrals_match_register() returns trigger language plpgsql as $$
begin
  if new.decision_id is not null and not exists (select 1 from decisions d where d.id = new.decision_id
      and d.made_by = new.made_by and d.decided_by = new.answered_by) then
    raise exception 'the register names others for this decision' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger referrals_match_register before insert or update on referrals for each row execute function referrals_match_register();
