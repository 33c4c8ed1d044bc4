/**
 * REST, server-sent events and the web pages.
 *
 * <p>Another package adds to the console by beans, and nothing here changes for it:
 *
 * <ul>
 *   <li>a controller with {@link org.linli.hub.console.ConsolePage}: its templates have header,
 *       navigation, language and live stream by {@code templates/layout.html};
 *   <li>a {@link org.linli.hub.console.NavigationEntry}: the link to it in the header of each page;
 *   <li>{@link org.linli.hub.console.ConsoleWords}: its words in each language;
 *   <li>a {@link org.linli.hub.console.ShownOnStream}: its changes on the live stream.
 * </ul>
 *
 * <p>Sign-in and content security policy apply to every path without any bean.
 */
@NullMarked
package org.linli.hub.console;

import org.jspecify.annotations.NullMarked;
