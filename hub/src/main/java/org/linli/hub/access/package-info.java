/**
 * Who may do what. Two ways in: an API token for automation ({@code LINLI_ADMIN_TOKEN}), and a
 * session for the administrator, who chooses name and password through a one-time link. There is no
 * default password. Who has a session is known by the account's id; {@link
 * org.linli.hub.access.Accounts} knows the name.
 *
 * <p>A controller asks for {@link org.linli.hub.access.Caller} with
 * {@code @AuthenticationPrincipal}.
 */
@NullMarked
package org.linli.hub.access;

import org.jspecify.annotations.NullMarked;
