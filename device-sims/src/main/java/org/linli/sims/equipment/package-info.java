/** Equipment of many makes, each speaking its own format from a seed. */
@NullMarked
package org.linli.sims.equipment;

import org.jspecify.annotations.NullMarked;
