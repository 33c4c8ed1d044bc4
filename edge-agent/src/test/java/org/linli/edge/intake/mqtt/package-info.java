@NullMarked
package org.linli.edge.intake.mqtt;

import org.jspecify.annotations.NullMarked;
