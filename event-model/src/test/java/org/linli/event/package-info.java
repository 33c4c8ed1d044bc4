@NullMarked
package org.linli.event;

import org.jspecify.annotations.NullMarked;
