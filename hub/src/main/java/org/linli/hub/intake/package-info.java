/** Applies each batch exactly once and answers it with a receipt. */
@NullMarked
package org.linli.hub.intake;

import org.jspecify.annotations.NullMarked;
