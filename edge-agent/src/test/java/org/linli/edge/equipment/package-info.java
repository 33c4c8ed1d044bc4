@NullMarked
package org.linli.edge.equipment;

import org.jspecify.annotations.NullMarked;
