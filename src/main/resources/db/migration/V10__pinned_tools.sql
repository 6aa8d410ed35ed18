-- What a tool said of itself when an administrator decided about it; null where that was not noted.
alter table tool_choice add column fingerprint varchar(64);
