@NullMarked
package org.linli.sims.compose;

import org.jspecify.annotations.NullMarked;
