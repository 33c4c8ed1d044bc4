@NullMarked
package org.linli.hub.trial;

import org.jspecify.annotations.NullMarked;
