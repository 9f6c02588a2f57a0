-- What prices, limits and refunds are in where nobody says otherwise (ISO 4217).
alter table organisation add currency text not null default 'GBP' check (currency ~ '^[A-Z]{3}$');
