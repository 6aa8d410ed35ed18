-- Accounts that are disabled, what is told of a login in its owner's list, and links with which a password is set once.

alter table account add column disabled boolean default false not null;

alter table login add column browser varchar(100) default '' not null;

create table password_reset (
    token_hash varchar(64)                 not null primary key,
    account_id uuid                        not null,
    created    timestamp(6) with time zone not null,
    constraint password_reset_account foreign key (account_id) references account (id) on delete cascade
);

create index password_reset_account_index on password_reset (account_id);
