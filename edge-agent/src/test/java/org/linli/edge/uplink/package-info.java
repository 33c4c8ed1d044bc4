@NullMarked
package org.linli.edge.uplink;

import org.jspecify.annotations.NullMarked;
