/** From a batch to events exactly once, and its receipt. */
@NullMarked
package org.linli.hub.intake;

import org.jspecify.annotations.NullMarked;
