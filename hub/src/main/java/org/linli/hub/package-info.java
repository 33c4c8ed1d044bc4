/** The hub process. */
@NullMarked
package org.linli.hub;

import org.jspecify.annotations.NullMarked;
