/** Measurements of single parts, to compare with those of the whole. */
@NullMarked
package org.linli.sims.yardstick;

import org.jspecify.annotations.NullMarked;
