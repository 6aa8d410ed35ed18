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
    CONSTRAINT catalogue_rows CHECK ((id = ANY (ARRAY[1, 2])))
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
    CONSTRAINT message_state_known CHECK (((state)::text = ANY (ARRAY[('QUEUED'::character varying)::text, ('CONNECTING'::character varying)::text, ('THINKING'::character varying)::text, ('WRITING'::character varying)::text, ('CALLING'::character varying)::text, ('WAITING'::character varying)::text, ('DONE'::character varying)::text, ('STOPPED'::character varying)::text, ('FAILED'::character varying)::text, ('INTERRUPTED'::character varying)::text])))
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
    CONSTRAINT model_effort_known CHECK (((effort)::text = ANY (ARRAY[('UNASKED'::character varying)::text, ('ON'::character varying)::text, ('LOW'::character varying)::text, ('MEDIUM'::character varying)::text, ('HIGH'::character varying)::text]))),
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
CREATE TABLE public.tool_allowance (
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    tool character varying(100) NOT NULL
);
CREATE TABLE public.tool_approval (
    id uuid NOT NULL,
    message_id uuid NOT NULL,
    call_id character varying(500) NOT NULL,
    allowed boolean NOT NULL
);
CREATE TABLE public.tool_choice (
    id uuid NOT NULL,
    source character varying(24) NOT NULL,
    added character varying(24),
    tool character varying(200) NOT NULL,
    permission character varying(8) NOT NULL,
    CONSTRAINT tool_choice_permission_known CHECK (((permission)::text = ANY (ARRAY[('ALLOW'::character varying)::text, ('ASK'::character varying)::text, ('OFF'::character varying)::text])))
);
CREATE TABLE public.tool_image (
    id uuid NOT NULL,
    message_id uuid NOT NULL,
    type character varying(40) NOT NULL,
    content bytea NOT NULL
);
CREATE TABLE public.tool_server (
    id uuid NOT NULL,
    slug character varying(24) NOT NULL,
    name character varying(100) NOT NULL,
    kind character varying(16) NOT NULL,
    address character varying(2000) NOT NULL,
    secret character varying(8000),
    permission character varying(8) NOT NULL,
    hidden boolean NOT NULL,
    created timestamp(6) with time zone NOT NULL,
    CONSTRAINT tool_server_kind_known CHECK (((kind)::text = ANY (ARRAY[('HTTP'::character varying)::text, ('COMMAND'::character varying)::text]))),
    CONSTRAINT tool_server_permission_known CHECK (((permission)::text = ANY (ARRAY[('ALLOW'::character varying)::text, ('ASK'::character varying)::text, ('OFF'::character varying)::text])))
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
INSERT INTO public.catalogue VALUES (2, 2);
INSERT INTO public.conversation VALUES ('7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', 'ad1fcd76-ce19-472e-aa14-e02a59c9c9cd', 'Grüße 👩‍🚀: how do tides work?', 'demo/demo', 6, '2026-11-21 18:53:04.421861+00', '2026-11-21 18:53:09.090438+00');
INSERT INTO public.conversation VALUES ('2c9a4f0e-6d0b-4b0e-9a55-7f4d1c3e8b42', 'ad1fcd76-ce19-472e-aa14-e02a59c9c9cd', 'What is 6 × 7? And a picture, please.', 'openai/calling', 18, '2026-11-26 23:00:15.268001+00', '2026-11-26 23:00:28.731413+00');
INSERT INTO public.flyway_schema_history VALUES (1, '1', 'first tables', 'SQL', 'V1__first_tables.sql', 1562234742, 'patter', '2026-11-21 18:52:59.074928', 92, true);
INSERT INTO public.flyway_schema_history VALUES (2, '2', 'api tokens', 'SQL', 'V2__api_tokens.sql', -420400283, 'patter', '2026-11-21 18:52:59.28912', 31, true);
INSERT INTO public.flyway_schema_history VALUES (3, '3', 'models', 'SQL', 'V3__models.sql', 166614750, 'patter', '2026-11-21 22:40:46.757526', 26, true);
INSERT INTO public.flyway_schema_history VALUES (4, '4', 'tools', 'SQL', 'V4__tools.sql', 1221360765, 'patter', '2026-11-26 22:59:30.474924', 551, true);
INSERT INTO public.flyway_schema_history VALUES (5, '5', 'long conversations', 'SQL', 'V5__long_conversations.sql', 1910279206, 'patter', '2026-11-27 01:56:23.855995', 63, true);
INSERT INTO public.login VALUES ('5bffc9e7bda8ce9a4783c5b767d8195d2cf96a94a0b1d51b828dedad3643d8bd', 'ad1fcd76-ce19-472e-aa14-e02a59c9c9cd', 'Zb-se8kpiJJN4ODS0Of0O4f5PT3JSLtMMpBtBXK3ki8', '2026-11-21 18:53:03.567203+00', '2026-11-21 18:53:03.567203+00');
INSERT INTO public.login VALUES ('978e5edac9507ec06f4c3f9b84bd4b4a1de3298731d08fdf5dd0dc12144049f1', 'ad1fcd76-ce19-472e-aa14-e02a59c9c9cd', 'iPdjBwWzDHHQh3Y6asiahFX1D5QUw-6y8WSD6sZhx6U', '2026-11-21 22:40:49.133583+00', '2026-11-21 22:40:49.133583+00');
INSERT INTO public.login VALUES ('68284ecc726e25fb8c8a9ecb0ac0f9c9facb281ffcbe6754f68da4730a51b030', 'ad1fcd76-ce19-472e-aa14-e02a59c9c9cd', '_hgbtW4X2jUdVNTVW463_KQABztZkwzTcv5p1z9RIUU', '2026-11-26 23:00:02.698685+00', '2026-11-26 23:00:02.698685+00');
INSERT INTO public.message VALUES ('23cf130f-65e3-489d-b9c3-5de07f021407', '7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', NULL, 1, 'USER', 'DONE', 1, NULL, NULL, NULL, NULL, NULL, NULL, 1, 1, '2026-11-21 18:53:04.41616+00', '2026-11-21 18:53:04.41616+00');
INSERT INTO public.message VALUES ('e13d0db0-561b-455f-94dc-787817667c53', '7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', 'cfdb4aec-97d7-4c6f-91b5-e402831799c0', 3, 'USER', 'DONE', 1, NULL, NULL, NULL, NULL, NULL, NULL, 4, 4, '2026-11-21 18:53:09.083377+00', '2026-11-21 18:53:09.083377+00');
INSERT INTO public.message VALUES ('cfdb4aec-97d7-4c6f-91b5-e402831799c0', '7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', '23cf130f-65e3-489d-b9c3-5de07f021407', 2, 'ASSISTANT', 'DONE', 1, NULL, 'demo/demo', NULL, 'stop', NULL, NULL, 1, 3, '2026-11-21 18:53:04.41616+00', '2026-11-21 18:53:04.922867+00');
INSERT INTO public.message VALUES ('e30b6dd6-545d-4352-a296-3b9ab4be6d9f', '7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11', 'e13d0db0-561b-455f-94dc-787817667c53', 4, 'ASSISTANT', 'DONE', 1, NULL, 'demo/demo', NULL, 'stop', NULL, NULL, 4, 6, '2026-11-21 18:53:09.083377+00', '2026-11-21 18:53:09.346945+00');
INSERT INTO public.message VALUES ('73deff63-a0d2-4527-a001-0c7b90d430a2', '2c9a4f0e-6d0b-4b0e-9a55-7f4d1c3e8b42', NULL, 1, 'USER', 'DONE', 1, NULL, NULL, NULL, NULL, NULL, NULL, 1, 1, '2026-11-26 23:00:15.21915+00', '2026-11-26 23:00:15.21915+00');
INSERT INTO public.message VALUES ('aa936f88-16d9-41dc-88e3-22763f76ee50', '2c9a4f0e-6d0b-4b0e-9a55-7f4d1c3e8b42', '73deff63-a0d2-4527-a001-0c7b90d430a2', 2, 'ASSISTANT', 'DONE', 2, 'a6790bd6-a80e-4e51-acbc-b93d91e0c147', 'openai/calling', NULL, 'stop', NULL, NULL, 1, 12, '2026-11-26 23:00:15.21915+00', '2026-11-26 23:00:27.411303+00');
INSERT INTO public.message VALUES ('232ab0fc-4896-4caa-9d7f-cf95c6f6acfa', '2c9a4f0e-6d0b-4b0e-9a55-7f4d1c3e8b42', 'aa936f88-16d9-41dc-88e3-22763f76ee50', 3, 'USER', 'DONE', 1, NULL, NULL, NULL, NULL, NULL, NULL, 13, 13, '2026-11-26 23:00:28.618859+00', '2026-11-26 23:00:28.618859+00');
INSERT INTO public.message VALUES ('d60b8681-ec0e-4d79-b74f-8da256ff3c19', '2c9a4f0e-6d0b-4b0e-9a55-7f4d1c3e8b42', '232ab0fc-4896-4caa-9d7f-cf95c6f6acfa', 4, 'ASSISTANT', 'WAITING', 1, 'a6790bd6-a80e-4e51-acbc-b93d91e0c147', 'openai/calling', NULL, NULL, NULL, NULL, 13, 18, '2026-11-26 23:00:28.618859+00', '2026-11-26 23:00:29.794127+00');
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
INSERT INTO public.message_segment VALUES ('695e71a0-20c8-4238-9375-bc5c1ab8b499', '73deff63-a0d2-4527-a001-0c7b90d430a2', 0, 'TEXT', false, 'What is 6 × 7? And a picture, please.', 1, '2026-11-26 23:00:15.715698+00', '2026-11-26 23:00:15.715698+00');
INSERT INTO public.message_segment VALUES ('0d2bb7b3-7d57-49a6-80ba-76858bcd5a34', 'aa936f88-16d9-41dc-88e3-22763f76ee50', 0, 'TEXT', false, 'Let me see. ', 4, '2026-11-26 23:00:18.522087+00', '2026-11-26 23:00:18.742075+00');
INSERT INTO public.message_segment VALUES ('8e495210-c610-4d36-ac02-413ad33cd87f', 'aa936f88-16d9-41dc-88e3-22763f76ee50', 1, 'TOOL_CALL', false, '{"id":"sum","name":"calculator","title":"Calculator"}
{"expression":"6*7"}', 6, '2026-11-26 23:00:18.742111+00', '2026-11-26 23:00:19.050523+00');
INSERT INTO public.message_segment VALUES ('c9db2281-7d03-4f55-ae6c-3e9e88c66c0c', 'aa936f88-16d9-41dc-88e3-22763f76ee50', 2, 'TOOL_CALL', false, '{"id":"image","name":"web_get-tiny-image","title":"Web: Get Tiny Image Tool"}
{}', 7, '2026-11-26 23:00:19.050547+00', '2026-11-26 23:00:21.380348+00');
INSERT INTO public.message_segment VALUES ('646cbbe5-0483-49dc-8716-bdfa653b4864', 'aa936f88-16d9-41dc-88e3-22763f76ee50', 3, 'TOOL_RESULT', false, '{"call":"sum","state":"done","milliseconds":2092}
42', 7, '2026-11-26 23:00:21.380377+00', '2026-11-26 23:00:21.384124+00');
INSERT INTO public.message_segment VALUES ('bae2862d-bd32-4170-aec9-ee150a64ad9e', 'aa936f88-16d9-41dc-88e3-22763f76ee50', 4, 'TOOL_RESULT', false, '{"call":"image","state":"done","milliseconds":1396,"images":["abd5bfba-4a14-4e98-9ced-daa313503eca"]}
Here''s the image you requested:
[picture, image/png, 4033 bytes, shown to the person]
The image above is the MCP logo.', 12, '2026-11-26 23:00:26.632358+00', '2026-11-26 23:00:27.340229+00');
INSERT INTO public.message_segment VALUES ('5b666c87-1468-4bf8-9c2d-11c197958966', 'aa936f88-16d9-41dc-88e3-22763f76ee50', 5, 'TEXT', false, 'It is 42, **with** a picture.', 12, '2026-11-26 23:00:27.340259+00', '2026-11-26 23:00:27.340495+00');
INSERT INTO public.message_segment VALUES ('3c1c596a-fd93-4113-aa06-692fecf69c6f', '232ab0fc-4896-4caa-9d7f-cf95c6f6acfa', 0, 'TEXT', false, 'And 2 to the 10th?', 13, '2026-11-26 23:00:28.702535+00', '2026-11-26 23:00:28.702535+00');
INSERT INTO public.message_segment VALUES ('c2e81e84-0a26-4457-b849-0429f210ec27', 'd60b8681-ec0e-4d79-b74f-8da256ff3c19', 0, 'TEXT', false, 'Two sums.', 15, '2026-11-26 23:00:29.057725+00', '2026-11-26 23:00:29.071864+00');
INSERT INTO public.message_segment VALUES ('7185a28f-aa3e-41be-b96f-d279db777a12', 'd60b8681-ec0e-4d79-b74f-8da256ff3c19', 1, 'TOOL_CALL', false, '{"id":"no","name":"calculator","title":"Calculator"}
{"expression":"1+1"}', 16, '2026-11-26 23:00:29.071888+00', '2026-11-26 23:00:29.44694+00');
INSERT INTO public.message_segment VALUES ('6a228ce3-2e99-4335-aa55-c31851db8417', 'd60b8681-ec0e-4d79-b74f-8da256ff3c19', 2, 'TOOL_CALL', false, '{"id":"yes","name":"calculator","title":"Calculator"}
{"expression":"2^10"}', 17, '2026-11-26 23:00:29.446975+00', '2026-11-26 23:00:29.583701+00');
INSERT INTO public.node VALUES ('a6790bd6-a80e-4e51-acbc-b93d91e0c147', '2026-11-26 22:59:38.46232+00', '2026-11-26 23:00:44.019763+00');
INSERT INTO public.tool_allowance VALUES ('5040fbb5-a89c-460f-8576-a8fa8976630c', '2c9a4f0e-6d0b-4b0e-9a55-7f4d1c3e8b42', 'web_get-tiny-image');
INSERT INTO public.tool_approval VALUES ('6ee5d21f-098f-4de7-bac7-46d77c735bc7', 'aa936f88-16d9-41dc-88e3-22763f76ee50', 'image', true);
INSERT INTO public.tool_approval VALUES ('e8a1bb5f-ef42-43de-af5f-f1a8563000e4', 'd60b8681-ec0e-4d79-b74f-8da256ff3c19', 'no', false);
INSERT INTO public.tool_choice VALUES ('aa3b6b31-370c-442d-84ef-f23ec7a1d2c0', 'patter', NULL, 'calculator', 'ASK');
INSERT INTO public.tool_image VALUES ('abd5bfba-4a14-4e98-9ced-daa313503eca', 'aa936f88-16d9-41dc-88e3-22763f76ee50', 'image/png', '\x89504e470d0a1a0a0000000d49484452000000140000001408060000008d891d0d00000ab0694343504943432050726f66696c65000048899597075453e91280e7def490d012222025f42648278094105a0005e9602324014289311054eccae20a565444b0ace8aa88828d22762cd816c582dd055904d475b160c395778143d8dd77de7be7cd3973e6bb73e79f99ff9eff3f672e009d2990c9325175802c698e3c32c88f1d9f90c826f500051898d2405d20cc96712322c2009351fb77f9d806c890bd633b94ebdfdfff57d11089b385004804c6c9a26c6116c6c731ed13cae43900b83d98df646e8e6c88af60cc94630d62fc64885347b86f889387198f1f8e898ee461ac0d40a60904f254009a29e667e70a53b13c347f8ceda522891463ec19bcb3b2668b30c6ea82251623c378283f27f92f7952ff9633599953204855f2c85e8685ec2fc996650ae6ff9f9fe37f4b56a662b48639a6b43479702466b1be900719b343952c4d9e123eca12d170fc30a7298263465998cd4b1c6591c03f54b936734ad828a74802f9ca3c39fce851166707448db27c76a4b2568a9cc71d65817cacae222346e94f13f395f9f3d2a2e3463957123b6594b333a242c762784abf5c11a9ec5f2c0df21bab1ba8dc7b56f65ff62be12bd7e6a445072bf72e18eb5f2ce58ee5cc8e57f62612fb078cc5c428e365397eca5ab2cc0865bc383348e9cfce8d52aecdc10ee4d8da08e5374c1784448c32844110b02106322107e4208040908014c439e27943671478b365f3e592d4b41c3617bb6562365f2ab49bc076b477740618bab32347e23d6bf82e22ac6b63be1595005e270607074f8ef9426e011c4902a0d68ef92c6700a877035c392554c873477c43d7090840053560820e18800958822d38822b78822f04400884433424c04c10421a64619dcf8585b00c0aa008d6c36628839db01bf6c321380af5700acec365b80eb7e01e3c8676e88257d0071f6100411012424718880e62889821368823c241bc9100240c8944129024241591220a6421b20229428a9132641752891c414e20e791ab482bf210e9407a9177c8571487d25026aa8f9aa313510eca4543d16874069a8ace41f3d07c742d5a8a56a007d13af43c7a1dbd87b6a3afd07e1ce054702c9c11ce16c7c1f170e1b8445c0a4e8e5b8c2bc495e02a70d5b8465c33ee0eae1df71af7054fc433f06cbc2dde131f8c8fc10bf173f08bf1abf165f8fdf83afc45fc1d7c07be0fff9d4027e8116c081e043e219e904a984b28209410f6126a099708f7085d848f44229145b420ba11838909c474e202e26ae276620df11cb195d849ec2791483a241b9217299c2420e5900a485b4907496749b7495da4cf6415b221d9911c484e244bc9cbc925e403e433e4dbe46ef200459d6246f1a084534494f99475943d9446ca4d4a176580aa41b5a07a51a3a9e9d465d4526a35f512f509f5bd8a8a8ab18abbca541589ca52955295c32a57543a54bed03469d6341e6d3a4d415b4bdb473b477b487b4fa7d3cde9bef4447a0e7d2dbd927e81fe8cfe5995a16aa7ca5715a92e512d57ad53bdadfa468da266a6c6559ba996a756a2764ceda6da6b758abab93a4f5da0be58bd5cfd84fa7df57e0d86868346b84696c66a8d031a57357a34499ae69a019a22cd7ccddd9a17343b1938860983c710325630f6302e31ba9844a60593cf4c6716310f315b987d5a9a5ace5ab15af3b4cab54e6bb5b3702c73169f95c95ac73aca6a637d1da73f8e3b4e3c6ed5b8ea71b7c77dd21eafedab2dd62ed4aed1bea7fd5587ad13a093a1b341a75ee7a92e5ed75a77aaee5cdd1dba97745f8f678ef71c2f1c5f38fee8f8477aa89eb55ea4de02bddd7a37f4faf50df483f465fa5bf52fe8bf366019f81aa41b6c323863d06bc830f43694186e323c6bf892adc5e6b233d9a5ec8bec3e233da3602385d12ea316a301630be318e3e5c635c64f4da8261c9314934d264d267da686a6934d179a56993e32a39871ccd2ccb698359b7d32b7308f335f695e6fde63a16dc1b7c8b3a8b2786249b7f4b19c63596179d78a68c5b1cab0da6e75cb1ab576b14eb32eb7be6983dab8da486cb6dbb44e204c709f209d5031e1be2dcd966b9b6b5b65db61c7b20bb35b6e576ff766a2e9c4c4891b26364ffc6eef629f69bfc7feb183a64388c372874687778ed68e42c772c7bb4e74a740a7254e0d4e6f9d6d9cc5ce3b9c1fb8305c26bbac746972f9d3d5cd55ee5aeddaeb66ea96e4b6cded3e87c989e0ace65c7127b8fbb92f713fe5fec5c3d523c7e3a8c71f9eb69e199e073c7b26594c124fda33a9d3cbd84be0b5cbabdd9bed9de4fd9377bb8f918fc0a7c2e7b9af89afc877af6f37d78a9bce3dc87de367ef27f7abf5fbc4f3e02de29df3c7f907f917fab7046806c40494053c0b340e4c0dac0aec0b72095a10742e98101c1abc21f83e5f9f2fe457f2fb42dc4216855c0ca585468596853e0fb30e9387354e4627874cde38f9c914b329d229f5e110ce0fdf18fe34c222624ec4c9a9c4a91153cba7be8874885c18d91cc5889a157520ea63b45ff4bae8c73196318a98a658b5d8e9b195b19fe2fce38ae3dae327c62f8abf9ea09b204968482425c626ee4dec9f16306df3b4aee92ed30ba6b7cdb098316fc6d599ba3333679e9ea5364b30eb581221292ee940d23741b8a042d09fcc4fde96dc27e409b7085f897c459b44bd622f71b1b83bc52ba538a527d52b75636a6f9a4f5a49da6b094f5226799b1e9cbe33fd534678c6be8cc1ccb8cc9a2c725652d609a9a634437a71b6c1ec79b35b6536b20259fb1c8f399be7f4c943e57bb391ec19d90d394c6c38baa1b054fca0e8c8f5ce2dcffd3c3776eeb1791af3a4f36eccb79ebf6a7e775e60decf0bf00b840b9a161a2d5cb6b0631177d1aec5c8e2e4c54d4b4c96e42fe95a1ab474ff32eab28c65bf2cb75f5ebcfcc38ab8158df9faf94bf33b7f08faa1aa40b5405e707fa5e7ca9d3fe27f94fcd8b2ca69d5d655df0b4585d78aec8b4a8abead16aebeb6c6614de99ac1b5296b5bd6b9aedbb19eb85ebabe6d83cf86fdc51ac579c59d1b276facdbc4de54b8e9c3e6599baf963897ecdc42dda2d8d25e1a56dab0d574ebfaaddfcad2caee95fb95d76cd3dbb66adba7eda2edb777f8eea8dea9bfb368e7d79f243f3dd815b4abaec2bca264377177eeee177b62f734ffccf9b972afeedea2bd7fee93ee6bdf1fb9ff62a55b65e501bd03ebaad02a4555efc1e9076f1df23fd4506d5bbdab86555374180e2b0ebf3c9274a4ed68e8d1a6639c63d5c7cd8e6fab65d416d62175f3ebfaead3eadb1b121a5a4f849c686af46cac3d697772df29a353e5a7b54eaf3b433d937f66f06cded9fe73b273afcfa79eef6c9ad5f4f842fc85bb17a75e6cb9147ae9cae5c0cb179ab9cd67af785d3975d5e3ea896b9c6bf5d75dafd7dd70b951fb8bcb2fb52dae2d7537dd6e36dcf2bfd5d83aa9f5cc6d9fdbe7eff8dfb97c977ff7fabd29f75adb62da1edc9f7ebffd81e841cfc3cc876f1fe53e1a78bcf409e149e153f5a725cff49e55fc6af56b4dbb6bfbe90eff8e1bcfa39e3fee1476befa2dfbb76f5df92fe82f4aba0dbb2b7b1c7b4ef506f6de7a39ed65d72bd9ab81d705bf6bfcbeed8de59be37ff8fe71a32fbeafebadfcede0bbd5ef75deeffbe0fca1a93fa2ffd9c7ac8f039f0a3feb7cdeff85f3a5f96bdcd7ee81b9df48df4affb4fab3f17be8f7278359838332815c303c0ae03045535200deed03a0270030b019823a6d64a61e1664e43f6098e03ff1c8dc3d2cae00d598191a8d78e7000e636abe1440cd1760682c8af605d4c949a9a3f3eff0ac3e2406d8bfc2b41c40a2db1ead79b414fe212373fc5ffafea70565d6bfd97f015d040ba25321b95100000078655849664d4d002a000000080005011200030000000100010000011a0005000000010000004a011b0005000000010000005201280003000000010002000087690004000000010000005a00000000000000900000000100000090000000010002a00200040000000100000014a0030004000000010000001400000000173628b50000000970485973000016250000162501495224f0000001f369545874584d4c3a636f6d2e61646f62652e786d7000000000003c783a786d706d65746120786d6c6e733a783d2261646f62653a6e733a6d6574612f2220783a786d70746b3d22584d5020436f726520362e302e30223e0a2020203c7264663a52444620786d6c6e733a7264663d22687474703a2f2f7777772e77332e6f72672f313939392f30322f32322d7264662d73796e7461782d6e7323223e0a2020202020203c7264663a4465736372697074696f6e207264663a61626f75743d22220a202020202020202020202020786d6c6e733a746966663d22687474703a2f2f6e732e61646f62652e636f6d2f746966662f312e302f223e0a2020202020202020203c746966663a595265736f6c7574696f6e3e3134343c2f746966663a595265736f6c7574696f6e3e0a2020202020202020203c746966663a4f7269656e746174696f6e3e313c2f746966663a4f7269656e746174696f6e3e0a2020202020202020203c746966663a585265736f6c7574696f6e3e3134343c2f746966663a585265736f6c7574696f6e3e0a2020202020202020203c746966663a5265736f6c7574696f6e556e69743e323c2f746966663a5265736f6c7574696f6e556e69743e0a2020202020203c2f7264663a4465736372697074696f6e3e0a2020203c2f7264663a5244463e0a3c2f783a786d706d6574613e0a45e878f60000023449444154381185943daf314114c76725be8342716f210aa140a3574a844429bec17d2ab584061fc02db4342a4227048dd25b218f08224442589782c4cb79f69c6bf6c15a3bc9cece9c39ffdf9c39333902488d69b4ebf5ca0441a00fc73a9d4e55216801b500cf64f5ad244f0eeb76bb2c180c328fc7c34aa5d233e3718e11be6a97cb85cc8d46035302ed761b66b319d86c36c8e7f3b4763a9d1452a6b0488667d8cff607a6d329f47a3d98cfe7e0f57a5fc9c8a6003ec3b6db2d4130ca7ebf0fa3d188220e87c350abd514e007e03bd8603080c3e140b04c2603525ec16ab542369b2528d7ca40e9026881e7ec3eb2c15f841d0956ad562925c3e1104451848fcf0fd8ed76a445060139ac5eaf9368b3d9d005e0311176bcc12a950a094d2613a4d369029bcd6658afd7ff811c36994c08b65aad40dc8834c6631e8fbf917198dd6e87542a458068340af861e31cf9c8981f3c26b6482402854201f6fb3d8139cce170c8b0442201814000f8d37904fea68f60d87dfdf9824ea703ad560b3067d89c4ee703cceff7cbcf8bc3d04f8e1027e7f3197fd06c3629b2f1780c8bc5022c160b7ca7be690d23bb87f1dba545a97b00a291ef562e97c1ed7683cbe58262b148fec964f22d0c9d144052de3a84f308e2f138f87c3e79ceedf7fe385605a280479bcbe520140ac95a35183aa8561bac79d2ba5c49f47a3d551f34e8045519535f41e1ad904acf83198d46168bc56803e95cf47fd56916588c12abb5747cb65c2e99c16078c5916d9a40f4e45059f566f00fc5b2b2dac5e6dde70000000049454e44ae426082');
INSERT INTO public.tool_server VALUES ('b6641358-54b0-4e6d-959a-5b9b856adbbf', 'web', 'Web', 'HTTP', 'http://127.0.0.1:33207/mcp', NULL, 'ASK', false, '2026-11-26 23:00:04.53728+00');
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
ALTER TABLE ONLY public.tool_allowance
    ADD CONSTRAINT tool_allowance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tool_allowance
    ADD CONSTRAINT tool_allowance_unique UNIQUE (conversation_id, tool);
ALTER TABLE ONLY public.tool_approval
    ADD CONSTRAINT tool_approval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tool_approval
    ADD CONSTRAINT tool_approval_unique UNIQUE (message_id, call_id);
ALTER TABLE ONLY public.tool_choice
    ADD CONSTRAINT tool_choice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tool_choice
    ADD CONSTRAINT tool_choice_unique UNIQUE (source, tool);
ALTER TABLE ONLY public.tool_image
    ADD CONSTRAINT tool_image_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tool_server
    ADD CONSTRAINT tool_server_name_unique UNIQUE (name);
ALTER TABLE ONLY public.tool_server
    ADD CONSTRAINT tool_server_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tool_server
    ADD CONSTRAINT tool_server_slug_unique UNIQUE (slug);
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
CREATE INDEX message_newest_index ON public.message USING btree (conversation_id DESC, sequence DESC);
CREATE INDEX message_parent_index ON public.message USING btree (parent_id);
CREATE INDEX message_revision_index ON public.message USING btree (conversation_id, revision);
CREATE INDEX message_state_index ON public.message USING btree (state, conversation_id);
CREATE INDEX model_upstream_index ON public.model USING btree (added);
CREATE INDEX tool_choice_server_index ON public.tool_choice USING btree (added);
CREATE INDEX tool_image_message_index ON public.tool_image USING btree (message_id);
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
ALTER TABLE ONLY public.tool_allowance
    ADD CONSTRAINT tool_allowance_conversation FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.tool_approval
    ADD CONSTRAINT tool_approval_message FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.tool_choice
    ADD CONSTRAINT tool_choice_server FOREIGN KEY (added) REFERENCES public.tool_server(slug) ON DELETE CASCADE;
ALTER TABLE ONLY public.tool_image
    ADD CONSTRAINT tool_image_message FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;
ALTER TABLE public.message ADD COLUMN cached_tokens bigint;
ALTER TABLE public.message ADD COLUMN reasoning_tokens bigint;
ALTER TABLE public.message ADD COLUMN cost numeric(20, 10);
ALTER TABLE public.model ADD COLUMN cached_price numeric(12, 4);
ALTER TABLE public.model ADD CONSTRAINT model_cached_price_not_negative CHECK (cached_price >= 0);
INSERT INTO public.flyway_schema_history VALUES (6, '6', 'usage', 'SQL', 'V6__usage.sql', 1728304325, 'patter', '2026-11-28 01:56:23.855995', 12, true);
ALTER TABLE public.message ADD COLUMN error character varying(10000);
INSERT INTO public.flyway_schema_history VALUES (7, '7', 'error codes', 'SQL', 'V7__error_codes.sql', 148153880, 'patter', '2026-11-29 01:56:23.855995', 12, true);
