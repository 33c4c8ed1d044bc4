/** Messages of devices with the Tasmota firmware. */
@NullMarked
package org.linli.edge.profile.tasmota;

import org.jspecify.annotations.NullMarked;
