-- Which articles answered which cases, and which products an article is about.

create table case_articles (
  id bigint generated always as identity primary key,
  case_id bigint not null references cases (id),
  article_id bigint not null references articles (id),
  staff_id bigint not null references staff (id),
  how text not null check (how in ('text', 'link')),
  at timestamptz not null
);
create index case_articles_of_case on case_articles (case_id);
create index case_articles_of_article on case_articles (article_id, at desc);

create table article_products (
  article_id bigint not null references articles (id),
  product_id bigint not null references products (id),
  primary key (article_id, product_id)
);
create index article_products_by_product on article_products (product_id);
