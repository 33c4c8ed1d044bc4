@NullMarked
package org.linli.edge.fuzz;

import org.jspecify.annotations.NullMarked;
