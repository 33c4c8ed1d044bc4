@NullMarked
package org.linli.edge.local;

import org.jspecify.annotations.NullMarked;
