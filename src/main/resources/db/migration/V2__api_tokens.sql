-- What a person's programs log in with; the program holds the token, the table only its hash.
create table api_token (
    id         uuid                        not null primary key,
    account_id uuid                        not null,
    name       varchar(100)                not null,
    token_hash varchar(64)                 not null,
    writes     boolean                     not null,
    created    timestamp(6) with time zone not null,
    used       timestamp(6) with time zone,
    constraint api_token_hash_unique unique (token_hash),
    constraint api_token_account foreign key (account_id) references account (id) on delete cascade
);

create index api_token_account_index on api_token (account_id);
