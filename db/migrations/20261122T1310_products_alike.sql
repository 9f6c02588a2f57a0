-- Products whose name is somewhat like that of another, the most alike first: where alternatives are looked for. A low
-- bar, since the words and the price are weighed afterwards.
create function products_alike(asked bigint, most integer) returns table (id bigint, likeness real)
  language sql stable parallel safe
  set pg_trgm.similarity_threshold = 0.15
  as $$
    select p.id, public.similarity(public.folded(o.name), public.folded(p.name)) from public.products o, public.products p
    where o.id = asked and p.id <> asked and p.discontinued_at is null
      and public.folded(p.name) operator(public.%) public.folded(o.name)
    order by 2 desc, 1 limit most
  $$;
