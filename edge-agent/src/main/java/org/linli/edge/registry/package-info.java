/** The registry as the hub told it, kept for when the hub is away; and who is not in it. */
@NullMarked
package org.linli.edge.registry;

import org.jspecify.annotations.NullMarked;
