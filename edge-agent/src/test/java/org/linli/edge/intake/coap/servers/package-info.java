@NullMarked
package org.linli.edge.intake.coap.servers;

import org.jspecify.annotations.NullMarked;
