/** Equipment of many vendors, each in its own format, generated from a seed. */
@NullMarked
package org.linli.sims.equipment;

import org.jspecify.annotations.NullMarked;
