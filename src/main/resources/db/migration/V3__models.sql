-- Model servers that administrators add in the browser. The secret is the server's key, encrypted for this row's id and
-- address: moved to another row or beside another address it cannot be read any more.
create table upstream (
    id          uuid         not null primary key,
    slug        varchar(40)  not null,
    name        varchar(100) not null,
    dialect     varchar(16)  not null,
    address     varchar(500) not null,
    secret      varchar(4000),
    hidden      boolean      not null,
    chosen_only boolean      not null,
    place       integer      not null,
    created     timestamp(6) with time zone not null,
    constraint upstream_slug_unique unique (slug),
    constraint upstream_name_unique unique (name),
    constraint upstream_slug_has_no_slash check (slug not like '%/%' and slug <> '')
);

-- What administrators say about one model: of an added server, which stands in "added" too, or of one that the settings
-- name or that was found, which has no row above.
create table model (
    id            uuid           not null primary key,
    upstream      varchar(40)    not null,
    added         varchar(40),
    name          varchar(200)   not null,
    label         varchar(100)   not null,
    hidden        boolean        not null,
    place         integer,
    system_prompt varchar(20000) not null,
    temperature   numeric(4, 2),
    effort        varchar(16)    not null,
    context_size  bigint,
    input_price   numeric(12, 4),
    output_price  numeric(12, 4),
    parameters    varchar(4000)  not null,
    fallbacks     varchar(2000)  not null,
    constraint model_name_unique unique (upstream, name),
    constraint model_upstream foreign key (added) references upstream (slug) on delete cascade,
    constraint model_added_is_its_upstream check (added = upstream),
    constraint model_temperature_bounds check (temperature between 0 and 2),
    constraint model_effort_known check (effort in ('UNASKED', 'ON', 'LOW', 'MEDIUM', 'HIGH')),
    constraint model_context_positive check (context_size > 0),
    constraint model_prices_not_negative check (input_price >= 0 and output_price >= 0)
);

create index model_upstream_index on model (added);

-- One row. Whoever changes the two tables above raises the revision first, which makes the others wait; every node looks
-- at it to see whether somebody has.
create table catalogue (
    id       integer not null primary key,
    revision bigint  not null,
    constraint catalogue_has_one_row check (id = 1)
);

insert into catalogue (id, revision) values (1, 0);

-- An answer in its provider's own form (thinking with its signatures, encrypted items), for when its text does not say all.
-- Goes back only to where it is from. Gone when the answer is gone on with, since it would then be a part of it.
create table native_turn (
    id         uuid            not null primary key,
    message_id uuid            not null,
    ordinal    integer         not null,
    source     varchar(600)    not null,
    json       varchar(1000000) not null,
    constraint native_turn_ordinal_unique unique (message_id, ordinal),
    constraint native_turn_message foreign key (message_id) references message (id) on delete cascade
);
