/** What devices with the firmware Tasmota publish. */
@NullMarked
package org.linli.edge.profile.tasmota;

import org.jspecify.annotations.NullMarked;
