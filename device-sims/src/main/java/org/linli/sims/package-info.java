@NullMarked
package org.linli.sims;

import org.jspecify.annotations.NullMarked;
