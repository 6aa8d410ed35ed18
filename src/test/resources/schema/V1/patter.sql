CREATE TABLE public.account (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    password character varying(200) NOT NULL,
    administrator boolean NOT NULL,
    created timestamp(6) with time zone NOT NULL
);
CREATE TABLE public.conversation (
    id uuid NOT NULL,
    owner_id uuid NOT NULL,
    title character varying(200) NOT NULL,
    model character varying(200),
    revision bigint NOT NULL,
    created timestamp(6) with time zone NOT NULL,
    updated timestamp(6) with time zone NOT NULL,
    CONSTRAINT conversation_revision_positive CHECK ((revision >= 0))
);
CREATE TABLE public.flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);
CREATE TABLE public.login (
    token_hash character varying(64) NOT NULL,
    account_id uuid NOT NULL,
    forgery character varying(64) NOT NULL,
    created timestamp(6) with time zone NOT NULL,
    used timestamp(6) with time zone NOT NULL
);
CREATE TABLE public.message (
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    parent_id uuid,
    sequence bigint NOT NULL,
    role character varying(16) NOT NULL,
    state character varying(16) NOT NULL,
    fence bigint NOT NULL,
    node_id uuid,
    model character varying(200),
    problem character varying(2000),
    finish character varying(100),
    input_tokens bigint,
    output_tokens bigint,
    born bigint NOT NULL,
    revision bigint NOT NULL,
    created timestamp(6) with time zone NOT NULL,
    ended timestamp(6) with time zone,
    CONSTRAINT message_role_known CHECK (((role)::text = ANY ((ARRAY['USER'::character varying, 'ASSISTANT'::character varying])::text[]))),
    CONSTRAINT message_state_known CHECK (((state)::text = ANY ((ARRAY['QUEUED'::character varying, 'CONNECTING'::character varying, 'THINKING'::character varying, 'WRITING'::character varying, 'DONE'::character varying, 'STOPPED'::character varying, 'FAILED'::character varying, 'INTERRUPTED'::character varying])::text[])))
);
CREATE TABLE public.message_segment (
    id uuid NOT NULL,
    message_id uuid NOT NULL,
    ordinal integer NOT NULL,
    kind character varying(16) NOT NULL,
    continues boolean NOT NULL,
    text character varying(8192) NOT NULL,
    revision bigint NOT NULL,
    created timestamp(6) with time zone NOT NULL,
    closed timestamp(6) with time zone,
    CONSTRAINT message_segment_kind_known CHECK (((kind)::text = ANY ((ARRAY['REASONING'::character varying, 'TEXT'::character varying, 'TOOL_CALL'::character varying, 'TOOL_RESULT'::character varying, 'NOTICE'::character varying])::text[])))
);
CREATE TABLE public.node (
    id uuid NOT NULL,
    started timestamp(6) with time zone NOT NULL,
    lease_until timestamp(6) with time zone NOT NULL
);
INSERT INTO public.account VALUES ('e1c17594-cc1c-411a-92f9-4326c00144a2', 'ada', 'PBKDF2WithHmacSHA512:210000:DJVY0S14Yq8omI7lDZS9krGvTrzv7SykQL60hpyyroo=:iCmCNeiRcWvKyG6nKdlT6i7zha40ox/1AzN4EQAwilo=', true, '2026-11-21 18:52:20.461746+00');
INSERT INTO public.conversation VALUES ('7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', 'e1c17594-cc1c-411a-92f9-4326c00144a2', 'Grüße 👩‍🚀: how do tides work?', 'demo/demo', 7, '2026-11-21 18:52:21.89127+00', '2026-11-21 18:52:26.614754+00');
INSERT INTO public.flyway_schema_history VALUES (1, '1', 'first tables', 'SQL', 'V1__first_tables.sql', 1562234742, 'patter', '2026-11-21 18:52:14.285219', 96, true);
INSERT INTO public.login VALUES ('e1341057979cf335a746160353aba59cb72dca5c42b64d795be5aadacb0666cc', 'e1c17594-cc1c-411a-92f9-4326c00144a2', 'USM0tfZ9-9ENRJZyos5p4eMuS_vhO2VtDDm66pa8ZEw', '2026-11-21 18:52:20.508462+00', '2026-11-21 18:52:20.508462+00');
INSERT INTO public.message VALUES ('9f0c4ba1-7d2e-45c4-a65d-9ee5dcf0dbaf', '7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', NULL, 1, 'USER', 'DONE', 1, NULL, NULL, NULL, NULL, NULL, NULL, 1, 1, '2026-11-21 18:52:21.816291+00', '2026-11-21 18:52:21.816291+00');
INSERT INTO public.message VALUES ('8dddbfb1-fc47-4080-8d60-b89d807046ab', '7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', '9f0c4ba1-7d2e-45c4-a65d-9ee5dcf0dbaf', 2, 'ASSISTANT', 'DONE', 1, '62c10049-1ea7-4467-af46-9a76f80d317c', 'demo/demo', NULL, 'stop', NULL, NULL, 1, 4, '2026-11-21 18:52:21.816291+00', '2026-11-21 18:52:22.319291+00');
INSERT INTO public.message VALUES ('f8698f95-4e41-4dc1-b096-e84b673a0923', '7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', '8dddbfb1-fc47-4080-8d60-b89d807046ab', 3, 'USER', 'DONE', 1, NULL, NULL, NULL, NULL, NULL, NULL, 5, 5, '2026-11-21 18:52:26.595286+00', '2026-11-21 18:52:26.595286+00');
INSERT INTO public.message VALUES ('9ecf8d11-a753-4ea7-ad92-768ae6f251cf', '7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', 'f8698f95-4e41-4dc1-b096-e84b673a0923', 4, 'ASSISTANT', 'DONE', 1, '62c10049-1ea7-4467-af46-9a76f80d317c', 'demo/demo', NULL, 'stop', NULL, NULL, 5, 7, '2026-11-21 18:52:26.595286+00', '2026-11-21 18:52:26.757029+00');
INSERT INTO public.message_segment VALUES ('f3f9b145-e563-4935-b12f-132dc5341b8d', '9f0c4ba1-7d2e-45c4-a65d-9ee5dcf0dbaf', 0, 'TEXT', false, 'Grüße 👩‍🚀: how do tides work?
A second line.', 1, '2026-11-21 18:52:21.955458+00', '2026-11-21 18:52:21.955458+00');
INSERT INTO public.message_segment VALUES ('46567766-25f2-49fb-bac7-9ab35af25a13', '8dddbfb1-fc47-4080-8d60-b89d807046ab', 0, 'REASONING', false, 'Looking for: Grüße, tides, work, second, line.
Searched Patter''s documentation (286 sentences).
Only chance matches.
', 4, '2026-11-21 18:52:22.263804+00', '2026-11-21 18:52:22.268566+00');
INSERT INTO public.message_segment VALUES ('6748bbde-6627-4a01-a0be-db8b5f35d7c4', '8dddbfb1-fc47-4080-8d60-b89d807046ab', 1, 'TEXT', false, 'I found nothing about **Grüße tides work second line** in Patter''s documentation.
I am not a language model, only a search that quotes. Paste a text that has the answer and ask again. To talk with a language model, set `PATTER_OPENAI_URL` (and `PATTER_OPENAI_KEY` if it wants a key) or start a model server such as Ollama on this machine.', 4, '2026-11-21 18:52:22.268594+00', '2026-11-21 18:52:22.269332+00');
INSERT INTO public.message_segment VALUES ('4b15be62-2cfa-478f-b85e-405e622ed850', 'f8698f95-4e41-4dc1-b096-e84b673a0923', 0, 'TEXT', false, 'And **why** twice a day?', 5, '2026-11-21 18:52:26.603565+00', '2026-11-21 18:52:26.603565+00');
INSERT INTO public.message_segment VALUES ('aa13aa64-71a8-46fa-93df-cfb759730e63', '9ecf8d11-a753-4ea7-ad92-768ae6f251cf', 0, 'REASONING', false, 'Looking for: twice, day.
Searched Patter''s documentation (286 sentences).
Best match: “| `PATTER_LOGIN_DAYS` | `30` days | Days without a visit after which a person has to log…” in Patter documentation: Settings.
', 7, '2026-11-21 18:52:26.706043+00', '2026-11-21 18:52:26.717767+00');
INSERT INTO public.message_segment VALUES ('bbbc8716-4be6-4725-8593-c3c5208e71fc', '9ecf8d11-a753-4ea7-ad92-768ae6f251cf', 1, 'TEXT', false, 'The best match is from Patter documentation: Settings:
> | `PATTER_LOGIN_DAYS` | `30` days | Days without a visit after which a person has to log in again. |
Also from Patter documentation: Requirements:
> | B2 | The provider''s complete message never shows text twice | open; no such provider yet |
*Found by search, not written by a language model.*', 7, '2026-11-21 18:52:26.717782+00', '2026-11-21 18:52:26.717907+00');
INSERT INTO public.node VALUES ('62c10049-1ea7-4467-af46-9a76f80d317c', '2026-11-21 18:52:14.704122+00', '2026-11-21 18:52:40.007898+00');
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_name_unique UNIQUE (name);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
ALTER TABLE ONLY public.login
    ADD CONSTRAINT login_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_in_conversation UNIQUE (conversation_id, id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.message_segment
    ADD CONSTRAINT message_segment_ordinal_unique UNIQUE (message_id, ordinal);
ALTER TABLE ONLY public.message_segment
    ADD CONSTRAINT message_segment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_sequence_unique UNIQUE (conversation_id, sequence);
ALTER TABLE ONLY public.node
    ADD CONSTRAINT node_pkey PRIMARY KEY (id);
CREATE INDEX conversation_owner_updated ON public.conversation USING btree (owner_id, updated);
CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history USING btree (success);
CREATE INDEX login_account_index ON public.login USING btree (account_id);
CREATE INDEX message_parent_index ON public.message USING btree (parent_id);
CREATE INDEX message_state_index ON public.message USING btree (state);
ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_owner FOREIGN KEY (owner_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.login
    ADD CONSTRAINT login_account FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_conversation FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_node FOREIGN KEY (node_id) REFERENCES public.node(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_parent FOREIGN KEY (conversation_id, parent_id) REFERENCES public.message(conversation_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.message_segment
    ADD CONSTRAINT message_segment_message FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;
