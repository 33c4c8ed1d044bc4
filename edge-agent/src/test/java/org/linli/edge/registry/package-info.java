@NullMarked
package org.linli.edge.registry;

import org.jspecify.annotations.NullMarked;
