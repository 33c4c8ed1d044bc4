/** REST, server-sent events and the web pages. */
@NullMarked
package org.linli.hub.console;

import org.jspecify.annotations.NullMarked;
