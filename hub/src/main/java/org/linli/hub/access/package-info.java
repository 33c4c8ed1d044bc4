/**
 * Authentication and authorization. There are two ways in: an API token for automation ({@code
 * LINLI_ADMIN_TOKEN}), and a session for the administrator, who chooses name and password through a
 * one-time link. There is no default password. A session identifies its person by the account's id;
 * {@link org.linli.hub.access.Accounts} knows the name.
 *
 * <p>A controller obtains a {@link org.linli.hub.access.Caller} with
 * {@code @AuthenticationPrincipal}.
 */
@NullMarked
package org.linli.hub.access;

import org.jspecify.annotations.NullMarked;
