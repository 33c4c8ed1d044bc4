@NullMarked
package org.linli.edge.liveness;

import org.jspecify.annotations.NullMarked;
