/** The whole path of an event through the gateway, as Camel routes. Start reading at EdgeFlow. */
@NullMarked
package org.linli.edge.flow;

import org.jspecify.annotations.NullMarked;
