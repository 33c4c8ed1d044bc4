/** How a person gets a session: the administrator, one-time links, passwords. */
@NullMarked
package org.linli.hub.access.signin;

import org.jspecify.annotations.NullMarked;
