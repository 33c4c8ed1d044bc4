/**
 * The registry from the hub, stored for when the hub is away; and the equipment that is not in it.
 */
@NullMarked
package org.linli.edge.registry;

import org.jspecify.annotations.NullMarked;
