@NullMarked
package org.linli.edge.intake.coap;

import org.jspecify.annotations.NullMarked;
