-- What a long conversation is asked for often: its newest message, its active ones, what has changed after a revision.

-- Descending, and with the conversation too: H2 reads the newest from an index only if that has the order asked for.
create index message_newest_index on message (conversation_id desc, sequence desc);

create index message_revision_index on message (conversation_id, revision);

drop index message_state_index;
create index message_state_index on message (state, conversation_id);
