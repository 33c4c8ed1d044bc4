@NullMarked
package org.linli.edge.intake.broker;

import org.jspecify.annotations.NullMarked;
