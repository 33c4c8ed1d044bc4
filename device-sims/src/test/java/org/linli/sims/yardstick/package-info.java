/** What a part can do alone, to be measured beside the whole. */
@NullMarked
package org.linli.sims.yardstick;

import org.jspecify.annotations.NullMarked;
