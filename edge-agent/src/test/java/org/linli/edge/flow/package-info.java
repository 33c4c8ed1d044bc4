@NullMarked
package org.linli.edge.flow;

import org.jspecify.annotations.NullMarked;
