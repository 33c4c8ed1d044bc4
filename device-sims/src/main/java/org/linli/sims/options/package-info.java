/** Options that several commands share. */
@NullMarked
package org.linli.sims.options;

import org.jspecify.annotations.NullMarked;
