/**
 * Patter as people meet it: a real Chromium, a real server, a model whose words the test chooses. {@link
 * app.patter.browser.Browsers} gives each test a {@link app.patter.browser.Person} and a {@link
 * app.patter.browser.Teller}, and after each test compares every open page with the database, character for character.
 */
package app.patter.browser;
