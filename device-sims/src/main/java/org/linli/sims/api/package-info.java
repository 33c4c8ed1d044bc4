/** The public interfaces of gateway and hub, as any program from outside may ask them. */
@NullMarked
package org.linli.sims.api;

import org.jspecify.annotations.NullMarked;
