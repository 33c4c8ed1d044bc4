/** The community file, as far as simulated equipment needs it. */
@NullMarked
package org.linli.sims.community;

import org.jspecify.annotations.NullMarked;
