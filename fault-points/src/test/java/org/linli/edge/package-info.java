@NullMarked
package org.linli.edge;

import org.jspecify.annotations.NullMarked;
