-- People whose name is only somewhat like what was typed ("crlos"): asked where nothing closer was found.
create function people_alike(typed text, most integer) returns table (id bigint, score real)
  language sql stable parallel safe
  set pg_trgm.word_similarity_threshold = 0.45
  as $$
    select p.id, public.word_similarity(public.folded(typed), public.folded(p.name)) from public.people p
    where public.folded(typed) operator(public.<%) public.folded(p.name)
    order by 2 desc, 1 desc limit most
  $$;
