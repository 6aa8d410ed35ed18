-- Answers call tools, and may wait for a person's permission, with nothing running meanwhile.
alter table message drop constraint message_state_known;
alter table message add constraint message_state_known check (state in
    ('QUEUED', 'CONNECTING', 'THINKING', 'WRITING', 'CALLING', 'WAITING', 'DONE', 'STOPPED', 'FAILED', 'INTERRUPTED'));

-- Servers of tools (Model Context Protocol) that administrators add. What is secret is encrypted for this row's id and
-- address, as in the table "upstream".
create table tool_server (
    id         uuid          not null primary key,
    slug       varchar(24)   not null,
    name       varchar(100)  not null,
    kind       varchar(16)   not null,
    address    varchar(2000) not null,
    secret     varchar(8000),
    permission varchar(8)    not null,
    hidden     boolean       not null,
    created    timestamp(6) with time zone not null,
    constraint tool_server_slug_unique unique (slug),
    constraint tool_server_name_unique unique (name),
    constraint tool_server_kind_known check (kind in ('HTTP', 'COMMAND')),
    constraint tool_server_permission_known check (permission in ('ALLOW', 'ASK', 'OFF'))
);

-- What administrators say about one tool: a built-in one, or one of a server, which stands in "added" too.
create table tool_choice (
    id         uuid         not null primary key,
    source     varchar(24)  not null,
    added      varchar(24),
    tool       varchar(200) not null,
    permission varchar(8)   not null,
    constraint tool_choice_unique unique (source, tool),
    constraint tool_choice_server foreign key (added) references tool_server (slug) on delete cascade,
    constraint tool_choice_permission_known check (permission in ('ALLOW', 'ASK', 'OFF'))
);

create index tool_choice_server_index on tool_choice (added);

-- A second row, raised in the same way by whoever changes the two tables above.
alter table catalogue drop constraint catalogue_has_one_row;
alter table catalogue add constraint catalogue_rows check (id in (1, 2));
insert into catalogue (id, revision) values (2, 0);

-- What a person has decided about a call that waits.
create table tool_approval (
    id         uuid         not null primary key,
    message_id uuid         not null,
    call_id    varchar(500) not null,
    allowed    boolean      not null,
    constraint tool_approval_unique unique (message_id, call_id),
    constraint tool_approval_message foreign key (message_id) references message (id) on delete cascade
);

-- Tools that may be called in a conversation without asking again.
create table tool_allowance (
    id              uuid         not null primary key,
    conversation_id uuid         not null,
    tool            varchar(100) not null,
    constraint tool_allowance_unique unique (conversation_id, tool),
    constraint tool_allowance_conversation foreign key (conversation_id) references conversation (id) on delete cascade
);

-- Pictures that tools have answered with.
create table tool_image (
    id         uuid        not null primary key,
    message_id uuid        not null,
    type       varchar(40) not null,
    content    bytea       not null,
    constraint tool_image_message foreign key (message_id) references message (id) on delete cascade
);

create index tool_image_message_index on tool_image (message_id);
