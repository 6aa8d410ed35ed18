package app.patter.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import app.patter.web.FormData;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;
import org.thymeleaf.templateresolver.FileTemplateResolver;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/** The template of a third kind of server holds only its texts and its own fields. */
class AdminTemplatesTest {

    private static final String FORM = """
        <html th:replace="~{admin-form :: form('/hooks', 'Back', 'A hook', '', ~{:: own}, 'Save', 'Remove', 'Sure?', 'Yes')}">
        <body><th:block th:fragment="own">
        <th:block th:replace="~{admin :: name('Name')}"></th:block>
        <input name="address" th:value="${fields['address']}">
        <select name="event"><option th:each="e : ${events}" th:value="${e}" th:selected="${e == fields['event']}"></option></select>
        <th:block th:replace="~{admin :: forget('notoken', 'Forget the token')}"></th:block>
        <th:block th:replace="~{admin :: hide('Hide')}"></th:block>
        </th:block></body></html>
        """;

    private static final String LIST = """
        <html th:replace="~{admin-list :: list('/hooks', 'Hooks', 'What they are.', 'Add', 'Refresh', ~{:: own})}">
        <body><th:block th:fragment="own"><section th:each="s : ${servers}">
        <th:block th:replace="~{admin :: state(${s}, ${s.isEmpty()}, 'Asking')}"></th:block>
        </section></th:block></body></html>
        """;

    private final TemplateEngine engine = new TemplateEngine();

    /** As the templates know Patter's addresses. */
    public static final class Addresses {
        public String to(String path) {
            return path;
        }

        public String asset(String path) {
            return path;
        }
    }

    AdminTemplatesTest() {
        FileTemplateResolver files = new FileTemplateResolver();
        files.setPrefix("webapp/WEB-INF/templates/");
        files.setSuffix(".html");
        files.setCheckExistence(true);
        files.setOrder(1);
        StringTemplateResolver texts = new StringTemplateResolver();
        texts.setOrder(2);
        engine.addTemplateResolver(files);
        engine.addTemplateResolver(texts);
        engine.setMessageResolver(new AbstractMessageResolver() {
            @Override
            public String resolveMessage(ITemplateContext context, Class<?> origin, String key, Object[] arguments) {
                return key;
            }

            @Override
            public String createAbsentMessageRepresentation(
                    ITemplateContext context, Class<?> origin, String key, Object[] arguments) {
                return key;
            }
        });
    }

    private Document rendered(String template, Map<String, ?> values) {
        Context context = new Context(Locale.ENGLISH);
        context.setVariable("links", new Addresses());
        context.setVariable("forgery", "csrf");
        values.forEach(context::setVariable);
        return Jsoup.parse(engine.process(template, context));
    }

    private static FormView form(Webhooks hooks, FormData posted, String id) {
        ServerFormPage<Webhook, WebhookForm> page =
                new ServerFormPage<>(new WebhookKind(), hooks.servers, () -> {}, posted);
        return id.isEmpty() ? page.add() : page.get(id);
    }

    @Test
    void aFormThatIsRefusedSaysWhyAndKeepsWhatWasTyped() {
        FormData posted = Webhooks.form("name", "", "address", "<x>", "event", "failed");
        Document page = rendered(FORM, form(new Webhooks(), posted, "").values());
        assertEquals("/hooks/servers", page.expectFirst("form").attr("action"));
        assertEquals("csrf", page.expectFirst("form input[name=forgery]").val());
        assertEquals(
                "Give the server a name of 1 to 100 characters.",
                page.expectFirst("form .problem[role=alert]").text());
        assertEquals("<x>", page.expectFirst("input[name=address]").val());
        assertEquals("failed", page.expectFirst("option[selected]").val());
        assertNull(page.selectFirst("form.remove"), "there is nothing to remove yet");
        assertNull(page.selectFirst("input[name=notoken]"));
        assertNull(page.selectFirst("input[name=hidden]"));
    }

    @Test
    void theFormOfAServerCanRemoveItAndForgetItsSecret() {
        Webhooks hooks = new Webhooks();
        form(hooks, Webhooks.form("name", "My hook", "address", "http://h", "event", "done", "token", "t"), "");
        String id = hooks.all().get(0).id().toString();
        Document page = rendered(FORM, form(hooks, Webhooks.form(), id).values());
        assertEquals("/hooks/servers/" + id, page.expectFirst("form").attr("action"));
        assertEquals(
                "/hooks/servers/" + id + "/deletion",
                page.expectFirst("form.remove").attr("action"));
        assertEquals("Sure? Yes", page.expectFirst("form.remove .sure").text());
        assertEquals("My hook", page.expectFirst("label[for=name] + input#name").val());
        assertNotNull(page.selectFirst("input[type=checkbox][name=notoken]"));
        assertFalse(page.expectFirst("input[type=checkbox][name=hidden]").hasAttr("checked"));
        assertNull(page.selectFirst(".problem"));
    }

    @Test
    void aListSaysWhatIsWrongAndWhoHasNotAnsweredYet() {
        Document page = rendered(LIST, Map.of("servers", List.of("No answer.", ""), "waiting", true));
        assertEquals("/hooks/servers", page.expectFirst("a.button").attr("href"));
        assertEquals("/hooks/look", page.expectFirst(".bar form").attr("action"));
        assertEquals("2", page.expectFirst("meta[http-equiv=refresh]").attr("content"));
        assertEquals(List.of("No answer."), page.select("section .problem").eachText());
        assertEquals(List.of("Asking"), page.select("section [role=status]").eachText());
    }
}
