-- Messages that people delete. Their rows stay, so that no sequence number is given twice.

-- The conversation's revision at which a message was deleted; 0 while it is there.
alter table message add column removed bigint default 0 not null;

-- When that was, while it can be undone; then what the message says is deleted too.
alter table message add column removed_at timestamp(6) with time zone;

-- What a message followed when it was sent, if that was deleted meanwhile: the message follows an earlier one now.
alter table message add column origin_id uuid;

-- The newest message that is there, in an order that H2 reads the first of.
create index message_there_index on message (conversation_id desc, removed desc, sequence desc);

-- The first messages of a conversation, which have no parent.
create index message_children_index on message (conversation_id, parent_id);

create index message_removed_at_index on message (removed_at);
