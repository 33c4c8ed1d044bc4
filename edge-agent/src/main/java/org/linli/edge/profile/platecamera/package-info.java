/** Cameras that read number plates at barriers. */
@NullMarked
package org.linli.edge.profile.platecamera;

import org.jspecify.annotations.NullMarked;
