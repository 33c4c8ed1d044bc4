/** The HTTP door for devices. */
@NullMarked
package org.linli.edge.intake.http;

import org.jspecify.annotations.NullMarked;
