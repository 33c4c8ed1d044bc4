/** Devices and gateways that were built to publish to a ThingsBoard. */
@NullMarked
package org.linli.edge.profile.thingsboard;

import org.jspecify.annotations.NullMarked;
