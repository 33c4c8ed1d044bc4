@NullMarked
package org.linli.sims.disk;

import org.jspecify.annotations.NullMarked;
