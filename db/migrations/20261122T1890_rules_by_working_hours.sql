-- Rules on time may count the working hours of the organisation instead of the clock.
alter table rules add column working boolean not null default false;
