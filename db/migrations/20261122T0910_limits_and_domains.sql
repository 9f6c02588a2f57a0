-- How far a role decides alone is a list: one entry per act and currency.
alter table roles alter column limits set default '[]';
update roles set limits = '[]' where jsonb_typeof(limits) <> 'array';
alter table roles add check (jsonb_typeof(limits) = 'array');

-- People join an organisation by their mail domain: looked up for every new address.
create index groups_by_domain on groups using gin (domains) where kind = 'organisation';
