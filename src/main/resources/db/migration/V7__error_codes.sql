-- Why an answer failed, as a code with its arguments in JSON; "problem" holds the words of earlier rows.
alter table message add column error varchar(10000);
