/** Communities, grids, buildings, gateways, devices, people and duty. */
@NullMarked
package org.linli.hub.registry;

import org.jspecify.annotations.NullMarked;
