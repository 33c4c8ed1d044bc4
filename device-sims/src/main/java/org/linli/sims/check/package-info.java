/** Compares what the simulators counted with what gateway and hub report. */
@NullMarked
package org.linli.sims.check;

import org.jspecify.annotations.NullMarked;
