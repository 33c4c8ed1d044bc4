@NullMarked
package org.linli.edge.memory;

import org.jspecify.annotations.NullMarked;
