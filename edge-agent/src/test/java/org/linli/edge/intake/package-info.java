@NullMarked
package org.linli.edge.intake;

import org.jspecify.annotations.NullMarked;
