/** The whole path of a batch through the hub, as Camel routes. Start reading at HubFlow. */
@NullMarked
package org.linli.hub.flow;

import org.jspecify.annotations.NullMarked;
