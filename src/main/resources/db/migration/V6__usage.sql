-- What an answer has used beside tokens in and out, and what that cost by the prices that stood then.
alter table message add column cached_tokens bigint;
alter table message add column reasoning_tokens bigint;
alter table message add column cost numeric(20, 10);

-- Of a million tokens that the provider had in its cache; null for the price of others.
alter table model add column cached_price numeric(12, 4);
alter table model add constraint model_cached_price_not_negative check (cached_price >= 0);
