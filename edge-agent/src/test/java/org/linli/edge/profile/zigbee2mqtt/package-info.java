@NullMarked
package org.linli.edge.profile.zigbee2mqtt;

import org.jspecify.annotations.NullMarked;
