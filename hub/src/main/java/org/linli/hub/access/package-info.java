/** Who may do what: the administrator, sessions and tokens. */
@NullMarked
package org.linli.hub.access;

import org.jspecify.annotations.NullMarked;
