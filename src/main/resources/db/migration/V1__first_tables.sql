-- One set of files for H2 and PostgreSQL. Keys are made by the application.

create table account (
    id            uuid                        not null primary key,
    name          varchar(100)                not null,
    password      varchar(200)                not null,
    administrator boolean                     not null,
    created       timestamp(6) with time zone not null,
    constraint account_name_unique unique (name)
);

-- A person's log-in on one browser; the cookie holds the token, the table only its hash.
create table login (
    token_hash varchar(64)                 not null primary key,
    account_id uuid                        not null,
    forgery    varchar(64)                 not null,
    created    timestamp(6) with time zone not null,
    used       timestamp(6) with time zone not null,
    constraint login_account foreign key (account_id) references account (id) on delete cascade
);

create index login_account_index on login (account_id);

-- A running server. Answers that a node writes belong to it until its lease ends.
create table node (
    id          uuid                        not null primary key,
    started     timestamp(6) with time zone not null,
    lease_until timestamp(6) with time zone not null
);

create table conversation (
    id       uuid                        not null primary key,
    owner_id uuid                        not null,
    title    varchar(200)                not null,
    model    varchar(200),
    revision bigint                      not null,
    created  timestamp(6) with time zone not null,
    updated  timestamp(6) with time zone not null,
    constraint conversation_owner foreign key (owner_id) references account (id) on delete cascade,
    constraint conversation_revision_positive check (revision >= 0)
);

create index conversation_owner_updated on conversation (owner_id, updated);

-- A tree: each message but the first has a parent in the same conversation.
create table message (
    id              uuid                        not null primary key,
    conversation_id uuid                        not null,
    parent_id       uuid,
    sequence        bigint                      not null,
    role            varchar(16)                 not null,
    state           varchar(16)                 not null,
    fence           bigint                      not null,
    node_id         uuid,
    model           varchar(200),
    problem         varchar(2000),
    finish          varchar(100),
    input_tokens    bigint,
    output_tokens   bigint,
    born            bigint                      not null,
    revision        bigint                      not null,
    created         timestamp(6) with time zone not null,
    ended           timestamp(6) with time zone,
    constraint message_sequence_unique unique (conversation_id, sequence),
    constraint message_in_conversation unique (conversation_id, id),
    constraint message_conversation foreign key (conversation_id) references conversation (id) on delete cascade,
    constraint message_parent foreign key (conversation_id, parent_id) references message (conversation_id, id)
        on delete cascade,
    constraint message_node foreign key (node_id) references node (id) on delete set null,
    constraint message_role_known check (role in ('USER', 'ASSISTANT')),
    constraint message_state_known check (state in
        ('QUEUED', 'CONNECTING', 'THINKING', 'WRITING', 'DONE', 'STOPPED', 'FAILED', 'INTERRUPTED'))
);

create index message_parent_index on message (parent_id);
create index message_state_index on message (state);

-- A typed run of text. Long runs go on in further rows, marked "continues".
create table message_segment (
    id         uuid                        not null primary key,
    message_id uuid                        not null,
    ordinal    integer                     not null,
    kind       varchar(16)                 not null,
    continues  boolean                     not null,
    text       varchar(8192)               not null,
    revision   bigint                      not null,
    created    timestamp(6) with time zone not null,
    closed     timestamp(6) with time zone,
    constraint message_segment_ordinal_unique unique (message_id, ordinal),
    constraint message_segment_message foreign key (message_id) references message (id) on delete cascade,
    constraint message_segment_kind_known check (kind in
        ('REASONING', 'TEXT', 'TOOL_CALL', 'TOOL_RESULT', 'NOTICE'))
);
