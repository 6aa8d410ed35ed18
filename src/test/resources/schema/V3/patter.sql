CREATE TABLE public.account (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    password character varying(200) NOT NULL,
    administrator boolean NOT NULL,
    created timestamp(6) with time zone NOT NULL
);
CREATE TABLE public.api_token (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name character varying(100) NOT NULL,
    token_hash character varying(64) NOT NULL,
    writes boolean NOT NULL,
    created timestamp(6) with time zone NOT NULL,
    used timestamp(6) with time zone
);
CREATE TABLE public.catalogue (
    id integer NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT catalogue_has_one_row CHECK ((id = 1))
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
    CONSTRAINT message_role_known CHECK (((role)::text = ANY (ARRAY[('USER'::character varying)::text, ('ASSISTANT'::character varying)::text]))),
    CONSTRAINT message_state_known CHECK (((state)::text = ANY (ARRAY[('QUEUED'::character varying)::text, ('CONNECTING'::character varying)::text, ('THINKING'::character varying)::text, ('WRITING'::character varying)::text, ('DONE'::character varying)::text, ('STOPPED'::character varying)::text, ('FAILED'::character varying)::text, ('INTERRUPTED'::character varying)::text])))
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
    CONSTRAINT message_segment_kind_known CHECK (((kind)::text = ANY (ARRAY[('REASONING'::character varying)::text, ('TEXT'::character varying)::text, ('TOOL_CALL'::character varying)::text, ('TOOL_RESULT'::character varying)::text, ('NOTICE'::character varying)::text])))
);
CREATE TABLE public.model (
    id uuid NOT NULL,
    upstream character varying(40) NOT NULL,
    added character varying(40),
    name character varying(200) NOT NULL,
    label character varying(100) NOT NULL,
    hidden boolean NOT NULL,
    place integer,
    system_prompt character varying(20000) NOT NULL,
    temperature numeric(4,2),
    effort character varying(16) NOT NULL,
    context_size bigint,
    input_price numeric(12,4),
    output_price numeric(12,4),
    parameters character varying(4000) NOT NULL,
    fallbacks character varying(2000) NOT NULL,
    CONSTRAINT model_added_is_its_upstream CHECK (((added)::text = (upstream)::text)),
    CONSTRAINT model_context_positive CHECK ((context_size > 0)),
    CONSTRAINT model_effort_known CHECK (((effort)::text = ANY ((ARRAY['UNASKED'::character varying, 'ON'::character varying, 'LOW'::character varying, 'MEDIUM'::character varying, 'HIGH'::character varying])::text[]))),
    CONSTRAINT model_prices_not_negative CHECK (((input_price >= (0)::numeric) AND (output_price >= (0)::numeric))),
    CONSTRAINT model_temperature_bounds CHECK (((temperature >= (0)::numeric) AND (temperature <= (2)::numeric)))
);
CREATE TABLE public.native_turn (
    id uuid NOT NULL,
    message_id uuid NOT NULL,
    ordinal integer NOT NULL,
    source character varying(600) NOT NULL,
    json character varying(1000000) NOT NULL
);
CREATE TABLE public.node (
    id uuid NOT NULL,
    started timestamp(6) with time zone NOT NULL,
    lease_until timestamp(6) with time zone NOT NULL
);
CREATE TABLE public.upstream (
    id uuid NOT NULL,
    slug character varying(40) NOT NULL,
    name character varying(100) NOT NULL,
    dialect character varying(16) NOT NULL,
    address character varying(500) NOT NULL,
    secret character varying(4000),
    hidden boolean NOT NULL,
    chosen_only boolean NOT NULL,
    place integer NOT NULL,
    created timestamp(6) with time zone NOT NULL,
    CONSTRAINT upstream_slug_has_no_slash CHECK ((((slug)::text !~~ '%/%'::text) AND ((slug)::text <> ''::text)))
);
INSERT INTO public.account VALUES ('ad1fcd76-ce19-472e-aa14-e02a59c9c9cd', 'ada', 'PBKDF2WithHmacSHA512:210000:6s5CUVgrFifx+WrUp0PjCopf6fRUA1TjLZS1zZ3GzeY=:6Z+GvRP4UloE9MQgeDsP0RUy5Lxq9zKnw//tYlh8kRk=', true, '2026-11-21 18:53:03.538877+00');
INSERT INTO public.api_token VALUES ('3c3dc989-03dd-40cb-b8b7-181f27d33931', 'ad1fcd76-ce19-472e-aa14-e02a59c9c9cd', 'laptop', '9386f2091117c95f2a7df6379be6b4ea247e60e513a8c299573c752143ad58f4', false, '2026-11-21 18:53:13.548869+00', NULL);
INSERT INTO public.catalogue VALUES (1, 1);
INSERT INTO public.conversation VALUES ('7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', 'ad1fcd76-ce19-472e-aa14-e02a59c9c9cd', 'Grüße 👩‍🚀: how do tides work?', 'demo/demo', 6, '2026-11-21 18:53:04.421861+00', '2026-11-21 18:53:09.090438+00');
INSERT INTO public.flyway_schema_history VALUES (1, '1', 'first tables', 'SQL', 'V1__first_tables.sql', 1562234742, 'patter', '2026-11-21 18:52:59.074928', 92, true);
INSERT INTO public.flyway_schema_history VALUES (2, '2', 'api tokens', 'SQL', 'V2__api_tokens.sql', -420400283, 'patter', '2026-11-21 18:52:59.28912', 31, true);
INSERT INTO public.flyway_schema_history VALUES (3, '3', 'models', 'SQL', 'V3__models.sql', 166614750, 'patter', '2026-11-21 22:40:46.757526', 26, true);
INSERT INTO public.login VALUES ('5bffc9e7bda8ce9a4783c5b767d8195d2cf96a94a0b1d51b828dedad3643d8bd', 'ad1fcd76-ce19-472e-aa14-e02a59c9c9cd', 'Zb-se8kpiJJN4ODS0Of0O4f5PT3JSLtMMpBtBXK3ki8', '2026-11-21 18:53:03.567203+00', '2026-11-21 18:53:03.567203+00');
INSERT INTO public.login VALUES ('978e5edac9507ec06f4c3f9b84bd4b4a1de3298731d08fdf5dd0dc12144049f1', 'ad1fcd76-ce19-472e-aa14-e02a59c9c9cd', 'iPdjBwWzDHHQh3Y6asiahFX1D5QUw-6y8WSD6sZhx6U', '2026-11-21 22:40:49.133583+00', '2026-11-21 22:40:49.133583+00');
INSERT INTO public.message VALUES ('23cf130f-65e3-489d-b9c3-5de07f021407', '7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', NULL, 1, 'USER', 'DONE', 1, NULL, NULL, NULL, NULL, NULL, NULL, 1, 1, '2026-11-21 18:53:04.41616+00', '2026-11-21 18:53:04.41616+00');
INSERT INTO public.message VALUES ('cfdb4aec-97d7-4c6f-91b5-e402831799c0', '7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', '23cf130f-65e3-489d-b9c3-5de07f021407', 2, 'ASSISTANT', 'DONE', 1, 'a3960e47-8e57-4ef6-ad8c-334a9761753a', 'demo/demo', NULL, 'stop', NULL, NULL, 1, 3, '2026-11-21 18:53:04.41616+00', '2026-11-21 18:53:04.922867+00');
INSERT INTO public.message VALUES ('e13d0db0-561b-455f-94dc-787817667c53', '7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', 'cfdb4aec-97d7-4c6f-91b5-e402831799c0', 3, 'USER', 'DONE', 1, NULL, NULL, NULL, NULL, NULL, NULL, 4, 4, '2026-11-21 18:53:09.083377+00', '2026-11-21 18:53:09.083377+00');
INSERT INTO public.message VALUES ('e30b6dd6-545d-4352-a296-3b9ab4be6d9f', '7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', 'e13d0db0-561b-455f-94dc-787817667c53', 4, 'ASSISTANT', 'DONE', 1, 'a3960e47-8e57-4ef6-ad8c-334a9761753a', 'demo/demo', NULL, 'stop', NULL, NULL, 4, 6, '2026-11-21 18:53:09.083377+00', '2026-11-21 18:53:09.346945+00');
INSERT INTO public.message_segment VALUES ('37c87338-3d81-4a0a-8d0d-efd41846b89a', '23cf130f-65e3-489d-b9c3-5de07f021407', 0, 'TEXT', false, 'Grüße 👩‍🚀: how do tides work?
A second line.', 1, '2026-11-21 18:53:04.450008+00', '2026-11-21 18:53:04.450008+00');
INSERT INTO public.message_segment VALUES ('b47f1dea-2910-4a70-9d00-25472e8175dc', 'cfdb4aec-97d7-4c6f-91b5-e402831799c0', 1, 'TEXT', false, 'Nothing mentions Grüße. The best match is from Patter documentation: The API › Ask:
> ```
> curl -fsS "$PATTER/api/v1/conversations/7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11/messages" -H "Authorization: Bearer $TOKEN" \
>   -d ''{"id": "0e4b7f3a-5f2b-4e0e-9c79-0a4a7c1d2e33", "text": "How do tides work?"}''
> ```
*Found by search, not written by a language model.*', 3, '2026-11-21 18:53:04.866034+00', '2026-11-21 18:53:04.870446+00');
INSERT INTO public.message_segment VALUES ('084aac63-1484-42ef-9cdb-674075d6a0a8', 'cfdb4aec-97d7-4c6f-91b5-e402831799c0', 0, 'REASONING', false, 'Looking for: Grüße, tides, work, second, line.
Searched Patter''s documentation (395 sentences).
Best match: “curl -fsS "$PATTER/api/v1/conversations/7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11/messages" -H…” in Patter documentation: The API › Ask.
', 3, '2026-11-21 18:53:04.862479+00', '2026-11-21 18:53:04.865911+00');
INSERT INTO public.message_segment VALUES ('2451f187-fe88-40a3-9319-3f147bbc5913', 'e13d0db0-561b-455f-94dc-787817667c53', 0, 'TEXT', false, 'And **why** twice a day?', 4, '2026-11-21 18:53:09.087735+00', '2026-11-21 18:53:09.087735+00');
INSERT INTO public.message_segment VALUES ('46cca831-07b9-4a7b-9661-7c673bf5a203', 'e30b6dd6-545d-4352-a296-3b9ab4be6d9f', 0, 'REASONING', false, 'Looking for: twice, day.
Searched Patter''s documentation (395 sentences).
Best match: “`PATTER_LOGIN_DAYS` · `30` days · Days without a visit after which a person has to log in…” in Patter documentation: Settings.
', 6, '2026-11-21 18:53:09.298665+00', '2026-11-21 18:53:09.298966+00');
INSERT INTO public.message_segment VALUES ('5d1e65c4-3e77-4e66-a59e-2e79115d51fb', 'e30b6dd6-545d-4352-a296-3b9ab4be6d9f', 1, 'TEXT', false, 'The best match is from Patter documentation: Settings:
> `PATTER_LOGIN_DAYS` · `30` days · Days without a visit after which a person has to log in again.
Also from Patter documentation: Requirements:
> B2 · The provider''s complete message never shows text twice · `AgentTest.whatHasStreamedIsNotShownAgainWhenItIsComplete`, `OpenAiResponsesTest`
*Found by search, not written by a language model.*', 6, '2026-11-21 18:53:09.298974+00', '2026-11-21 18:53:09.299094+00');
INSERT INTO public.node VALUES ('a3960e47-8e57-4ef6-ad8c-334a9761753a', '2026-11-21 18:52:59.540973+00', '2026-11-21 18:53:22.001943+00');
INSERT INTO public.node VALUES ('be525a09-d72b-4e83-9cbe-b90e1d916e49', '2026-11-21 22:40:46.865266+00', '2026-11-21 22:40:58.010074+00');
INSERT INTO public.upstream VALUES ('76b44c61-8cd3-44a4-8bb8-4cd43c3b3d8d', 'old-server', 'Old server', 'openai', 'http://127.0.0.1:9/v1/', NULL, false, false, 1, '2026-11-21 22:40:49.215171+00');
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_name_unique UNIQUE (name);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_hash_unique UNIQUE (token_hash);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue
    ADD CONSTRAINT catalogue_pkey PRIMARY KEY (id);
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
ALTER TABLE ONLY public.model
    ADD CONSTRAINT model_name_unique UNIQUE (upstream, name);
ALTER TABLE ONLY public.model
    ADD CONSTRAINT model_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.native_turn
    ADD CONSTRAINT native_turn_ordinal_unique UNIQUE (message_id, ordinal);
ALTER TABLE ONLY public.native_turn
    ADD CONSTRAINT native_turn_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.node
    ADD CONSTRAINT node_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.upstream
    ADD CONSTRAINT upstream_name_unique UNIQUE (name);
ALTER TABLE ONLY public.upstream
    ADD CONSTRAINT upstream_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.upstream
    ADD CONSTRAINT upstream_slug_unique UNIQUE (slug);
CREATE INDEX api_token_account_index ON public.api_token USING btree (account_id);
CREATE INDEX conversation_owner_updated ON public.conversation USING btree (owner_id, updated);
CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history USING btree (success);
CREATE INDEX login_account_index ON public.login USING btree (account_id);
CREATE INDEX message_parent_index ON public.message USING btree (parent_id);
CREATE INDEX message_state_index ON public.message USING btree (state);
CREATE INDEX model_upstream_index ON public.model USING btree (added);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_account FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
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
ALTER TABLE ONLY public.model
    ADD CONSTRAINT model_upstream FOREIGN KEY (added) REFERENCES public.upstream(slug) ON DELETE CASCADE;
ALTER TABLE ONLY public.native_turn
    ADD CONSTRAINT native_turn_message FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;
