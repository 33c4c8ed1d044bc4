/** Devices and gateways that were built for ThingsBoard. */
@NullMarked
package org.linli.edge.profile.thingsboard;

import org.jspecify.annotations.NullMarked;
