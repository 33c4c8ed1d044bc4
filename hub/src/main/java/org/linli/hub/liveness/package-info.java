/** Which device and which gateway spoke last. */
@NullMarked
package org.linli.hub.liveness;

import org.jspecify.annotations.NullMarked;
